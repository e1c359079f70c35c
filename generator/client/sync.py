"""Derives the sync code of `rescalehtc` from the async code, so that only the latter is written by hand.

`rescalehtc/<room>/aio/<name>.py` becomes `rescalehtc/<room>/<name>.py`. A module of an `aio` package whose sync twin
cannot be derived, because threads are not tasks, or that has none, says so in its first line.
"""

from __future__ import annotations

import difflib
import io
import re
import subprocess
import sys
import tempfile
import tokenize
from collections.abc import Iterator
from pathlib import Path

from .spec import SpecError

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "rescalehtc"

BY_HAND = "# The sync twin of this module is written by hand"
_NO_TWIN = "# This module has no sync twin"
_NOTICE = "# Derived from {} by `make generate`. Do not edit.\n"

_NAMES = {
    "AsyncClientTransport": "ClientTransport",
    "AsyncExchange": "Exchange",
    "AsyncFollower": "Follower",
    "AsyncGenerator": "Generator",
    "AsyncHtcSession": "HtcSession",
    "AsyncIterable": "Iterable",
    "AsyncIterator": "Iterator",
    "AsyncJobPool": "JobPool",
    "AsyncOwnCounts": "OwnCounts",
    "AsyncReadAhead": "ReadAhead",
    "AsyncRuntime": "Runtime",
    "AsyncSession": "Session",
    "AsyncSessionBase": "SessionBase",
    "AsyncSingleFlight": "SingleFlight",
    "AsyncStreams": "Streams",
    "AsyncTokenManager": "TokenManager",
    "AsyncClient": "Client",
    "StopAsyncIteration": "StopIteration",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "aclose": "close",
    "aclosing": "closing",
    "aiter_bytes": "iter_bytes",
    "anext": "next",
    "aread": "read",
    "asynccontextmanager": "contextmanager",
    "check_async": "check_sync",
}
_PROSE: tuple[tuple[str, str], ...] = (
    (r"\bawait ", ""),
    (r"\basync (for|with|def)\b", r"\1"),
    (r"\baio\.((?:get|post|put|patch|delete|iter)_(?:htc|auth|oauth|well)\w*)", r"api.\1"),
    (r"\baio\.", ""),
    (r"\b([Aa])n async ", r"\1 "),
    (r"\bAsync(HtcSession)\b", r"\1"),
)
_IMPORT = re.compile(r"^(\s*from )\.(\.+)([\w.]*)(?= import\b)", re.MULTILINE)


def sources(package: Path = PACKAGE) -> Iterator[tuple[Path, Path]]:
    """The async modules, each with the sync one that is derived from it."""
    for source in sorted(package.rglob("aio/*.py")):
        if source.name != "__init__.py" and not source.read_text(encoding="utf-8").startswith((BY_HAND, _NO_TWIN)):
            yield source, source.parent.parent / source.name


def derive(text: str) -> str:
    """The sync form of an async module, not formatted yet."""
    # There is one folder less between the module and what it imports.
    text = _IMPORT.sub(lambda found: found[1] + found[2] + re.sub(r"^aio\.|\.aio(?=\.|$)", "", found[3]), text)
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    parts: list[str] = []
    at, depth, closing = 0, 0, set[int]()
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    for token, following in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        begin, end = (starts[row - 1] + column for row, column in (token.start, token.end))
        new = token.string
        if token.type == tokenize.NAME and new in ("async", "await"):
            new, end = "", starts[following.start[0] - 1] + following.start[1]
        elif token.type == tokenize.NAME and new == "Awaitable" and following.string == "[":
            new, end = "", starts[following.end[0] - 1] + following.end[1]
            closing.add(depth)
        elif token.type == tokenize.NAME:
            new = _NAMES.get(new, new)
        elif token.string == "[":
            depth += 0 if begin < at else 1
        elif token.string == "]":
            if depth in closing:
                closing.discard(depth)
                new = ""
            else:
                depth -= 1
        elif token.type in (tokenize.STRING, tokenize.COMMENT) or token.type == getattr(tokenize, "FSTRING_MIDDLE", -1):
            new = text[begin:end]
            for pattern, replacement in _PROSE:
                new = re.sub(pattern, replacement, new)
        if begin >= at:
            parts += [text[at:begin], new]
            at = end
    return "".join([*parts, text[at:]])


def derived(package: Path = PACKAGE) -> dict[Path, str]:
    """What every derived module should hold."""
    root = package.parent
    pairs = list(sources(package))
    with tempfile.TemporaryDirectory() as folder:
        for source, target in pairs:
            staged = Path(folder) / target.relative_to(root)
            staged.parent.mkdir(parents=True, exist_ok=True)
            notice = _NOTICE.format(source.relative_to(root).as_posix())
            staged.write_text(notice + derive(source.read_text(encoding="utf-8")), encoding="utf-8")
        _format(Path(folder))
        return {target: (Path(folder) / target.relative_to(root)).read_text(encoding="utf-8") for _, target in pairs}


def write(package: Path = PACKAGE) -> int:
    """Write every derived module. Returns their number."""
    modules = derived(package)
    for target, text in modules.items():
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
    return len(modules)


def check(package: Path = PACKAGE) -> str:
    """The difference between the derived modules and what they should hold; empty if there is none."""
    modules = derived(package)
    lines: list[str] = []
    for target in sorted(modules.keys() | _marked(package)):
        name = target.relative_to(package.parent).as_posix()
        present = target.read_text(encoding="utf-8") if target.exists() else ""
        lines += difflib.unified_diff(
            present.splitlines(keepends=True),
            modules.get(target, "").splitlines(keepends=True),
            name,
            f"{name} (as derived)" if target in modules else f"{name} (to be removed)",
            n=2,
        )
    return "".join(lines)


def _marked(package: Path) -> set[Path]:
    return {path for path in package.rglob("*.py") if path.read_text(encoding="utf-8").startswith("# Derived from ")}


def _format(folder: Path) -> None:
    settings = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--quiet", str(folder)]
    for arguments in (["check", "--fix", "--select", "I,F401"], ["format"]):
        command = [sys.executable, "-m", "ruff", *arguments, *settings]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            raise SpecError(
                f"ruff refuses the derived sync code:\n{run.stdout}{run.stderr}",
                "Correct the async module that it names.",
            )
