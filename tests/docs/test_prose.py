"""The prose is plain English: none of the phrases that readers stumbled over comes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ["rescalehtc", "generator", "examples", "scripts", "benchmarks", "tests"]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / ".github").rglob("*.md"))]

# What to write instead is in brackets.
PHRASES = [
    r"stands? (?:in|on|beside|for itself|there|nowhere)",  # [is in, is next to]
    r"anew",  # [again]
    r"(?:what|that) (?:came|became) of",  # [the result of]
    r"where (?:none|there) is(?: none)?(?=[,.])",  # [if none is found]
    r"(?:is|are|was|were) left out",  # [is omitted]
    r"so many (?:at a time|in all)",  # [at most N]
    r"puts? off",  # [delayed]
    r"(?:handle|told) apart",  # [handle separately, distinguished]
    r"mends?|mended",  # [fixes, fixed]
    r"by its environment",  # [as environment variables]
    r"(?:one|each) of its family",  # [see rescalehtc.exceptions]
    r"gives? (?:an item|the items?|it back|up on)",  # [returns, fails]
    r"give(?:n|s)? back",  # [return]
    r"whatever the old one is worth",  # [force a refresh]
    r"serves on for now",  # [still using]
    r"answers one page",  # [returns all]
    r"the plumbing",  # [the low-level API]
    r"knows? tables",  # [renders as a table]
    r"patien(?:ce|tly)",  # [timeout]
    r"surpris\w+",  # [unexpected]
    r"hopeless",  # [not retryable]
    r"equal jobs",  # [identical jobs]
    r"names the remedy",  # [explains how to fix it]
    r"left to the service",  # [None uses the service default]
    r"the service itself would",  # [the service would]
    r"(?:had|has) its way",  # [may run]
    r"(?:rehearsal|contestant|judgement)s?",  # [scenario, candidate, comparison]
    r"comes late, yet comes",  # [late lines are still delivered]
    r"(?:none|empty|false|true|infinite) where",  # [None if]
    r"is no (?:json|text|index|error if|function|sample|changelog|listing|folder|mapping|token)\b",  # [is not a]
    r"for ever",  # [forever]
    r"outside of",  # [outside]
    r"(?:lies|lie|file|copy \w+) beside",  # [next to]
    r"(?:goes|go|going) on (?:working|running|with)",  # [keeps working, continues]
    r"an (?:response|request)",  # [a response]
    r"follow one another",  # [are consecutive]
    r"(?:one|exception|error|raises|rest) of the family",  # [an HtcException]
    r"whole numbers?",  # [an integer]
    r"(?:breaks?|broke) off",  # [is interrupted]
    r"another day",  # [later]
]
PATTERN = re.compile(rf"\b(?:{'|'.join(PHRASES)})\b", re.IGNORECASE)


# The site's search ranks a page by its headings.
EVERYDAY = {
    "proxies": "debugging", "logging": "debugging", "timeouts": "debugging", "headers": "debugging",
    "certificates": "debugging", "retries": "errors", "rate limits": "limits-and-cost", "cost": "limits-and-cost",
    "cancel": "jobs", "resume": "jobs", "push": "images", "failed": "failures", "notebooks": "tables-and-notebooks",
    "pagination": "production", "regions": "jobs", "priority": "jobs", "gpus": "jobs",
}  # fmt: skip


def stumbles(text: str) -> list[str]:
    """The phrases in a text, each with the words around it."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    # The lines of a comment are one text.
    plain = " ".join(re.sub(r"^ *#", "", text, flags=re.MULTILINE).split())
    return [plain[max(0, found.start() - 30) : found.end() + 30] for found in PATTERN.finditer(plain)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages(page: Path) -> None:
    assert stumbles(page.read_text(encoding="utf-8")) == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", SOURCES)
def test_sources(folder: str) -> None:
    """Docstrings, messages and comments."""
    files = [each for each in (ROOT / folder).rglob("*") if each.suffix in (".py", ".jinja", ".html", ".js")]
    # The benchmarks keep the environments of their candidates in a hidden folder.
    files = [each for each in files if each != Path(__file__) and "/." not in f"/{each.relative_to(ROOT).as_posix()}"]
    assert files
    found = {str(each): found for each in files if (found := stumbles(each.read_text(encoding="utf-8")))}
    assert found == {}


@pytest.mark.parametrize(("word", "page"), EVERYDAY.items())
def test_an_everyday_word_is_in_a_heading_of_its_page(word: str, page: str) -> None:
    headings = re.findall(r"^#+ (.+)$", (ROOT / f"docs/how-to/{page}.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert word in " ".join(headings).lower()


def test_a_phrase_is_found_across_lines_and_not_in_code() -> None:
    assert stumbles("What came\nof each.") == ["What came of each."]
    assert stumbles("# What came\n# of each.") == ["What came of each."]
    assert stumbles("```python\n# anew\n```\nStandard words.") == []
