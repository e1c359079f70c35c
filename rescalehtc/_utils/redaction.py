"""Removes secrets from text before it is shown to anyone.

Texts come from servers, so every pattern takes linear time: repeats never backtrack, and no two of them start at the
same place.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import lru_cache
from html.entities import codepoint2name

MASK = "***"

_SENSITIVE_NAME = re.compile(r"secret|token|password|signature|credential|accessKey|apiKey", re.IGNORECASE)
_QUERY_NAMES = ("signature", "sig", "credential", "token", "accesskeyid", "accessid", "secret", "password", "key")


def _mask_json_pair(pair: re.Match[str]) -> str:
    return pair[1] + MASK if _SENSITIVE_NAME.search(pair[1]) else pair[0]


_PATTERNS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # JSON web tokens, whole or cut off.
    (re.compile(r"eyJ[\w-]{6,}+(?:\.[\w-]*+){0,2}+"), MASK),
    # Authorization values.
    (re.compile(r"\b((?:Bearer|Token|Refresh|Basic)\s++)[\w.~+/=-]{8,}+", re.IGNORECASE), rf"\1{MASK}"),
    # Credentials and signatures in query strings and forms.
    (re.compile(rf"(?:{'|'.join(f'(?<={name})' for name in _QUERY_NAMES)})=[^&\s\"'<>]++", re.IGNORECASE), f"={MASK}"),
    # Credentials in JSON, even if its quotes are escaped.
    (re.compile(r"(\\?\"\w++\\?\"\s*+:\s*+\\?\")[^\"\\]++"), _mask_json_pair),
    # Access key ids of AWS.
    (re.compile(r"\bA(?:KIA|SIA)[A-Z0-9]{12,}+"), MASK),
    # User and password of a URL.
    (re.compile(r"(://)[^/\s@\"'<>]++@"), rf"\1{MASK}@"),
)
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]++")
_SHORTEST_IN_BASE64 = 8
_LONGEST_VALUE = 60
# A text that starts with this many characters of a secret counts as that secret.
_KNOWN_BY = 64


def scrub(text: str, secrets: Iterable[str] = (), limit: int = 500) -> str:
    """One line of at most ``limit`` characters, without the given secrets and anything that looks like one.

    The text is cut only after the masking, so that no part of a secret remains at the end.
    """
    for secret in secrets:
        if secret:
            text = _forms(secret).sub(MASK, text)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    text = _UNPRINTABLE.sub(" ", text).strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def shown(value: object) -> str:
    """The beginning of a wrong value, for a message."""
    try:
        text = repr(value)
    except Exception:  # an integer may be too long for decimal digits
        text = f"this {type(value).__name__}"
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def scrub_cause(error: BaseException | None, secrets: Iterable[str]) -> BaseException | None:
    """An exception of a library, and those behind it, without secrets, requests and frames.

    They are changed in place, because callers look for exceptions by their type.
    """
    secrets, seen = tuple(secrets), set[int]()
    current = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        current.args = tuple(scrub(value, secrets) if isinstance(value, str) else value for value in current.args)
        if isinstance(current, OSError) and isinstance(current.strerror, str):
            current.strerror = scrub(current.strerror, secrets)
        # The request and the response of httpx hold the credentials; frames hold them in their variables.
        for name in ("_request", "_response", "response"):
            vars(current).pop(name, None)
        current.__traceback__ = None
        current.__cause__ = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
        current = current.__cause__
    return error


@lru_cache(maxsize=64)
def _forms(secret: str) -> re.Pattern[str]:
    """A secret in all forms in which a server may repeat it: escaped for a URL, HTML or JSON, and in base64."""
    start, rest = secret[:_KNOWN_BY], r"[\w.~+/=%-]*+" if len(secret) > _KNOWN_BY else ""
    # Also literally: the pattern below takes several backslashes for one, so it misses a secret with two in a row.
    forms = [re.escape(secret), "".join(map(_escaped, start)) + rest]
    if len(secret) >= _SHORTEST_IN_BASE64:
        octets = start.encode("utf-8", "surrogatepass")
        for before in range(3):
            # The characters at both ends depend on what is next to the secret.
            first, end = (0, 2, 3)[before], (before + len(octets)) * 8 // 6
            sure = b64encode(bytes(before) + octets).decode()[first:end]
            forms.append("".join(map(_in_base64, sure)) + rest)
    return re.compile("|".join(forms))


def _escaped(character: str) -> str:
    if character.isalnum():
        return character
    code = ord(character)
    name = codepoint2name.get(code) or ("apos" if character == "'" else None)
    html = "|".join([f"#0{{0,5}}+{code}", f"#[xX]0{{0,5}}+{_any_case(code)}", *([name] if name else [])])
    # Some servers escape twice.
    percent = "".join(f"%(?:25){{0,3}}{_any_case(byte)}" for byte in character.encode("utf-8", "surrogatepass"))
    unicode = f"u{_any_case(code, 4)}"
    # In JSON, backslashes come before it, or instead of it.
    json = rf"\\{{1,4}}+(?:{unicode})?+" if character == "\\" else rf"\\{{0,3}}+(?:{re.escape(character)}|{unicode})"
    return rf"(?:{json}|{percent}|&(?:amp;){{0,3}}(?:{html});)"


def _in_base64(character: str) -> str:
    variant = {"+": "-", "/": "_"}.get(character)
    return f"(?:{_escaped(character)}|{variant})" if variant else character


def _any_case(code: int, digits: int = 2) -> str:
    return "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in f"{code:0{digits}x}")
