"""Many files at once, with one credential and one client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TypeAlias

import attrs

from .._utils.arguments import check_integer
from .._utils.files import replacing
from .locations import StoredFile, clean_path
from .providers import Storage, md5_of

OnFile: TypeAlias = Callable[["Transferred"], object]


@attrs.frozen
class Transferred:
    """One file of a folder.

    Attributes:
        path: Path below the folder of the project or task.
        local_path: Path on this machine.
        size_bytes: Size in bytes.
        skipped: Whether it already existed.
        number: How many files are done, this one included.
        total: How many files there are.
    """

    path: str
    local_path: Path
    size_bytes: int
    skipped: bool
    number: int
    total: int


class FolderTransfer:
    """A transfer that can continue with new credentials where it stopped."""

    def __init__(self, concurrency: int, skip_existing: bool, on_file: OnFile | None) -> None:
        check_integer("concurrency", concurrency, 1)
        self._concurrency, self._skips, self._on_file = concurrency, skip_existing, on_file
        self._done: dict[str, Transferred] = {}

    @property
    def files(self) -> list[Transferred]:
        """The files, in order of their paths."""
        return [self._done[path] for path in sorted(self._done)]

    def upload(self, storage: Storage, folder: Path, prefix: str) -> None:
        """Upload the files of a folder, those of its subfolders included."""
        stored = {file.path: file for file in storage.list_files(prefix)} if self._skips else {}
        pairs = [(prefix + path.relative_to(folder).as_posix(), path) for path in sorted(_files(folder))]

        def transfer(name: str, path: Path) -> tuple[int, bool]:
            same = _is_same(path, stored.get(name), upload=True)
            if not same:
                storage.upload(path, name)
            return path.stat().st_size, same

        self._run(pairs, transfer)

    def download(self, storage: Storage, folder: Path, prefix: str) -> None:
        """Download all files whose path starts with a prefix."""
        stored = {file.path: file for file in storage.list_files(prefix) if not file.path.endswith("/")}
        pairs = [(name, _below(folder, name.removeprefix(prefix))) for name in sorted(stored)]

        def transfer(name: str, path: Path) -> tuple[int, bool]:
            file = stored[name]
            same = self._skips and _is_same(path, file, upload=False)
            if not same:
                path.parent.mkdir(parents=True, exist_ok=True)
                with replacing(path) as target:
                    storage.download(name, target)
            return file.size_bytes, same

        self._run(pairs, transfer)

    def _run(self, pairs: list[tuple[str, Path]], transfer: Callable[[str, Path], tuple[int, bool]]) -> None:
        def work(name: str, path: Path) -> None:
            size, skipped = transfer(name, path)
            self._done[name] = Transferred(name, path, size, skipped, len(self._done) + 1, len(pairs))
            if self._on_file is not None:
                self._on_file(self._done[name])

        with ThreadPoolExecutor(self._concurrency, "rescalehtc-files") as pool:
            futures = [pool.submit(work, name, path) for name, path in pairs if name not in self._done]
            wait(futures, return_when=FIRST_EXCEPTION)
            for future in futures:
                future.cancel()
        _raise_first(futures)


def _raise_first(futures: Iterable[Future[None]]) -> None:
    for future in futures:
        if not future.cancelled():
            future.result()


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder")
    return (path for path in folder.rglob("*") if path.is_file())


def _below(folder: Path, name: str) -> Path:
    return folder / clean_path(name)


def _is_same(path: Path, stored: StoredFile | None, *, upload: bool) -> bool:
    if stored is None or not path.is_file() or path.stat().st_size != stored.size_bytes:
        return False
    if stored.md5 is None:
        # Without a checksum, a copy that is not older than the original counts as the same.
        if stored.modified_at is None:
            return False
        here, there = path.stat().st_mtime, stored.modified_at.timestamp()
        return here <= there if upload else here >= there
    with path.open("rb") as file:
        return md5_of(file) == stored.md5
