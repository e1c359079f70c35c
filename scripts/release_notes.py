"""Print a release's section of CHANGELOG.md, or fail if tag, version and changelog do not agree.

Usage: ``python scripts/release_notes.py v2.1.0``
"""

import re
import sys
import tomllib
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent


def release_notes(tag: str, root: Path = ROOT) -> str:
    """The text below ``## [2.1.0] - 2027-01-31`` for the tag ``v2.1.0``.

    Raises:
        SystemExit: A file names another version, or the changelog has no dated section for it.
    """
    version = tag.removeprefix("v")
    named = {
        "the tag": version if tag.startswith("v") else f"{tag!r}, without its v",
        "pyproject.toml": tomllib.loads(_read(root / "pyproject.toml"))["project"]["version"],
        "rescalehtc/_version.py": _search(r'^VERSION = "(.+)"$', root / "rescalehtc" / "_version.py"),
        "CITATION.cff": _search(r"^version: (.+)$", root / "CITATION.cff"),
    }
    if set(named.values()) != {version}:
        raise SystemExit("These versions differ: " + ", ".join(f"{place}: {text}" for place, text in named.items()))
    section = re.search(
        rf"^## \[{re.escape(version)}\] - (\S+)\n(.*?)(?=^## |\Z)", _read(root / "CHANGELOG.md"), re.M | re.S
    )
    if section is None:
        raise SystemExit(f"CHANGELOG.md has no section `## [{version}] - YYYY-MM-DD`: write it, and tag again.")
    try:
        date.fromisoformat(section[1])
    except ValueError:
        raise SystemExit(f"CHANGELOG.md dates {version} as {section[1]!r}: write it as YYYY-MM-DD.") from None
    return section[2].strip()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _search(pattern: str, path: Path) -> str:
    found = re.search(pattern, _read(path), re.MULTILINE)
    return found[1] if found else "none"


if __name__ == "__main__":
    print(release_notes(sys.argv[1]))
