"""The file in which a submission keeps how far it came, so that it can be resumed after a crash."""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from ._file_lock import try_lock
from ._files import replacing
from ._job_errors import HtcJournalError


@contextmanager
def held(path: Path) -> Generator[None]:
    """Keep other processes and threads from using the journal: two at once would submit everything twice.

    Raises:
        HtcJournalError: It is in use.
    """
    # The lock is on a file of its own, because the journal itself is replaced whenever it is written.
    lock = try_lock(path.with_name(path.name + ".lock"))
    if lock is None:
        raise HtcJournalError(f"The journal {path} is in use by another submission.")
    try:
        yield
    finally:
        lock.release()


def read(path: Path) -> dict[str, Any] | None:
    """What the journal holds, None where there is none yet.

    Raises:
        HtcJournalError: The file is no journal.
    """
    try:
        value: object = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise HtcJournalError(f"{path} is not a journal: {error}") from None
    if not isinstance(value, dict):
        raise HtcJournalError(f"{path} is not a journal.")
    return cast("dict[str, Any]", value)


def write(path: Path, content: dict[str, Any]) -> None:
    """Replace the journal. At no moment, not even at a power cut, is there half a journal."""
    with replacing(path, mode=0o600) as file:
        file.write(json.dumps(content).encode())
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # Without this the new name may be lost at a power cut; Windows does not open folders.
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
