"""The prose is plain English: none of the phrases that readers stumbled over comes back."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.changes.surface import public_modules

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / ".github").rglob("*.md"))]

# What to write instead is in brackets.
PHRASES = [
    r"stands (?:in|on|beside|for itself|there|nowhere)",  # [is in, is next to]
    r"anew",  # [again]
    r"(?:what|that) (?:came|became) of",  # [the result of]
    r"where (?:none|there) is(?: none)?(?=[,.])",  # [if none is found]
    r"is left out",  # [is omitted]
    r"so many (?:at a time|in all)",  # [at most N]
    r"put off",  # [delayed]
    r"handle apart",  # [handle separately]
    r"mends?|mended",  # [fixes, fixed]
    r"by its environment",  # [as environment variables]
    r"(?:one|each) of its family",  # [see rescalehtc.exceptions]
    r"gives? (?:one|back|an item|the items?)",  # [returns]
    r"whatever the old one is worth",  # [force a refresh]
    r"serves on for now",  # [still using]
    r"answers one page",  # [returns all]
    r"the plumbing",  # [the low-level API]
    r"knows? tables",  # [renders as a table]
    r"how patiently",  # [timeouts and retries]
    r"comes late, yet comes",  # [late lines are still delivered]
]
PATTERN = re.compile(rf"\b(?:{'|'.join(PHRASES)})\b", re.IGNORECASE)


def stumbles(text: str) -> list[str]:
    """The phrases in a text, each with the words around it."""
    plain = " ".join(re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL).split())
    return [plain[max(0, found.start() - 30) : found.end() + 30] for found in PATTERN.finditer(plain)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages(page: Path) -> None:
    assert stumbles(page.read_text(encoding="utf-8")) == []


def docstrings() -> Iterator[tuple[str, str]]:
    for module in public_modules():
        yield module.__name__, module.__doc__ or ""
        for name in getattr(module, "__all__", ()):
            value = getattr(module, name)
            yield f"{module.__name__}.{name}", inspect.getdoc(value) or ""
            if inspect.isclass(value):
                for each in vars(value):
                    if not each.startswith("_"):
                        yield f"{module.__name__}.{name}.{each}", inspect.getdoc(getattr(value, each)) or ""


def test_docstrings() -> None:
    found = {name: found for name, text in docstrings() if (found := stumbles(text))}
    assert found == {}


def test_a_phrase_is_found_across_lines_and_not_in_code() -> None:
    assert stumbles("What came\nof each.") == ["What came of each."]
    assert stumbles("```python\n# anew\n```\nStandard words.") == []
