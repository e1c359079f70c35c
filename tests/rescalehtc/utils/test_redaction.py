"""Masking: all forms in which a secret comes back, in a number of steps that grows linearly with the text."""

from __future__ import annotations

import base64
import html
import json
import re
import sys
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from rescalehtc._http import errors
from rescalehtc._studies import metrics_text
from rescalehtc._utils import redaction
from rescalehtc._utils.redaction import scrub

SECRET = "key-<a>&'b\"/+=%\\~secret"


@pytest.mark.parametrize(
    "form",
    [
        SECRET,
        quote(SECRET),
        quote(SECRET, safe=""),
        re.sub(r"%..", lambda code: code[0].lower(), quote(SECRET, safe="")),
        quote(quote(SECRET, safe=""), safe=""),
        quote_plus(SECRET),
        html.escape(SECRET),
        html.escape(html.escape(SECRET)),
        html.escape(SECRET, quote=False),
        "".join(f"&#{ord(c)};" if not c.isalnum() else c for c in SECRET),
        "".join(f"&#x{ord(c):x};" if not c.isalnum() else c for c in SECRET),
        "".join(f"&#X{ord(c):04X};" if not c.isalnum() else c for c in SECRET),
        json.dumps(SECRET),
        json.dumps(json.dumps(SECRET)),
        json.dumps(SECRET).replace("/", "\\/"),
        "".join(f"\\u{ord(c):04x}" if not c.isalnum() else c for c in SECRET),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(SECRET.encode()).decode(),
        base64.b64encode(b"u:" + SECRET.encode()).decode(),
        base64.b64encode(b"us:" + SECRET.encode() + b"\n").decode(),
        quote(base64.b64encode(b"use:" + SECRET.encode()).decode(), safe=""),
    ],
)
def test_every_form_of_a_secret(form: str) -> None:
    shown = scrub(f"before {form} after", [SECRET])
    assert shown.startswith("before ")
    assert shown.endswith(" after")
    assert "secret" not in shown
    assert redaction.MASK in shown
    assert not any(form[at : at + 8] in shown for at in range(len(form) - 8))


def parts(pattern: re.Pattern[str]) -> list[re.Pattern[str]]:
    """The pattern's beginnings, shortest first."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    return [_compiler.compile(tree[:length], pattern.flags & ~re.UNICODE) for length in range(1, len(tree) + 1)]


def steps(pattern: re.Pattern[str], text: str) -> int:
    """How many characters a search looks at: from every place as far as any beginning of the pattern fits.

    That is all it does as long as no repeat gives anything back, which the next test makes sure of.
    """
    beginnings, at, count = parts(pattern), 0, 0
    while at < len(text):
        ends = [found.end() for each in beginnings if (found := each.match(text, at))]
        count += max(ends, default=at) - at + 1
        # What fits as a whole is not looked at again.
        at = ends[-1] if len(ends) == len(beginnings) and ends[-1] > at else at + 1
    return count


def unbounded(tree: Any) -> list[Any]:
    """The repeats without a bound that may backtrack."""
    found: list[Any] = []
    for operation, argument in tree:
        if operation in (_parser.MAX_REPEAT, _parser.MIN_REPEAT):
            if argument[1] is _parser.MAXREPEAT:
                found.append(argument)
            found += unbounded(argument[2])
        elif operation is _parser.POSSESSIVE_REPEAT:
            found += unbounded(argument[2])
        elif operation is _parser.SUBPATTERN:
            found += unbounded(argument[3])
        elif operation is _parser.BRANCH:
            found += [each for branch in argument[1] for each in unbounded(branch)]
    return found


PATTERNS = [pattern for pattern, _ in redaction._PATTERNS] + [
    redaction._UNPRINTABLE,
    errors._TITLE,
    metrics_text._QUOTED,
]


@pytest.mark.parametrize("pattern", [*PATTERNS, redaction._forms(SECRET)], ids=lambda pattern: pattern.pattern[:20])
def test_no_repeat_backtracks(pattern: re.Pattern[str]) -> None:
    assert unbounded(_parser.parse(pattern.pattern)) == []


HOSTILE = [
    "token", "token_", "a-", "a_", "eyJ", "eyJ.", "Bearer ", "Bearer\t ", '"token', '"token":', '"token" :"', '\\"a',
    "://a", "://a@", "AKIA", "AKIAA", "=", "key=", "<title>", "<title", "<title ", " ", "\\", "%25", "&amp;", "&#0",
    "k", "key-", "a", '"',
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:20])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_steps_grow_linearly_with_the_text(pattern: re.Pattern[str], hostile: str) -> None:
    short, long = (steps(pattern, "x" + hostile * count) for count in (40, 80))
    assert long <= 2.2 * short + 100


def test_the_recursion_limit_does_not_matter() -> None:
    assert len(scrub("(" * sys.getrecursionlimit() * 10, [SECRET])) == 500
