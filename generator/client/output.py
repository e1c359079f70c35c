"""The generated package on disk: replaced as a whole, and compared as a whole."""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from .spec import SpecError

_STAGED = ".staged-"


def replace(fresh: Path, target: Path) -> None:
    """Replace a package; the old one stays until the new one is next to it.

    Raises:
        SpecError: It cannot be written; the old package is unchanged.
    """
    staged = target.parent / f"{_STAGED}{os.getpid()}"
    with _refused(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        _repair(target)
        try:
            for name, content in _files(fresh).items():
                path = staged / "new" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            if target.exists():
                target.rename(staged / "old")
            (staged / "new").rename(target)
        except BaseException:
            if not target.exists() and (staged / "old").exists():
                (staged / "old").rename(target)
            raise
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def difference(fresh: Path, target: Path) -> str:
    """How a package differs from a fresh one, file by file; empty if it does not."""
    wanted, present = _files(fresh), _files(target)
    lines: list[str] = []
    for name in sorted(wanted.keys() | present.keys()):
        label = f"{target.parent.name}/{target.name}/{name}"
        lines += _file_difference(label, present.get(name), wanted.get(name))
    for path in sorted(target.parent.iterdir()) if target.parent.is_dir() else ():
        if path.name not in (target.name, "__pycache__"):
            lines.append(f"{target.parent.name}/{path.name} does not belong here\n")
    for name in sorted(wanted.keys() & present.keys()):
        if (target / name).stat().st_mode & 0o111:
            lines.append(f"{target.parent.name}/{target.name}/{name} is executable\n")
    return "".join(lines)


def files_in(package: Path) -> int:
    """How many files a package has."""
    return len(_files(package))


def _file_difference(label: str, old: bytes | None, new: bytes | None) -> Iterator[str]:
    if old == new:
        return
    texts: list[list[str]] = []
    for content in (old, new):
        try:
            texts.append((content or b"").decode().splitlines(keepends=True))
        except UnicodeDecodeError:
            yield f"{label} is not text{'' if new is not None else ' (to be removed)'}\n"
            return
    if [line.rstrip("\r\n") for line in texts[0]] == [line.rstrip("\r\n") for line in texts[1]]:
        yield f"{label} has different line endings\n"
        return
    yield from difflib.unified_diff(
        *texts,
        label if old is not None else f"{label} (missing)",
        f"{label} (from the description)" if new is not None else f"{label} (to be removed)",
        n=2,
    )


def _files(package: Path) -> dict[str, bytes]:
    if not package.is_dir():
        return {}
    paths = (path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in paths}


def _repair(target: Path) -> None:
    """Clean up after a build that was killed."""
    for staged in target.parent.glob(f"{_STAGED}*"):
        if _runs(staged.name):
            continue
        if not target.exists() and (staged / "old").is_dir():
            (staged / "old").rename(target)
        shutil.rmtree(staged, ignore_errors=True)


def _runs(name: str) -> bool:
    process = re.fullmatch(r"\.staged-(\d+)", name)
    if process is None or int(process[1]) == os.getpid():
        return False
    try:
        os.kill(int(process[1]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextlib.contextmanager
def _refused(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"{folder} cannot be written: {error.strerror or error}"
        raise SpecError(what, "Free some space, or check the permissions; the old package is unchanged.") from error
