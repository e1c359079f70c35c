"""The file that stores the state of a submission, so that it can be resumed after a crash."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias, cast

from .._records.parts import Batch, Part, PartState
from .._records.submission import FORMAT, Submission
from .._utils.file_lock import try_lock
from .._utils.files import replacing
from ..exceptions import HtcJournalError

Save: TypeAlias = Callable[[], None]
"""Stores the submission as it is now."""


@contextmanager
def open_journal(
    path: str | os.PathLike[str] | None, wanted: Submission, resume: Submission | None
) -> Generator[tuple[Submission, Save]]:
    """The submission to continue, and a function that stores it.

    Raises:
        HtcJournalError: The journal is in use, is not a journal, or belongs to another submission.
        ValueError: Both a journal and a submission to resume are given.
    """
    if resume is not None:
        _check_same(resume, wanted)
    if path is None:
        yield resume or wanted, lambda: None
        return
    if resume is not None:
        raise ValueError("give either a journal or a submission to resume, not both")
    # Two names of one file must be one journal with one lock.
    file = Path(path).resolve()
    with _locked(file):
        data = _read(file)
        submission = wanted if data is None else _load(data)
        _check_same(submission, wanted)
        yield submission, lambda: _write(file, submission.to_dict())


@contextmanager
def _locked(path: Path) -> Generator[None]:
    """Keep other processes and threads from using the journal: two at once would submit everything twice."""
    # The lock is on a file of its own, because the journal itself is replaced whenever it is written.
    try:
        lock = try_lock(path.with_name(path.name + ".lock"))
    except OSError as error:
        raise _unusable(path, error) from error
    if lock is None:
        raise HtcJournalError(f"The journal {path} is in use by another submission.")
    try:
        yield
    finally:
        lock.release()


def _read(path: Path) -> dict[str, Any] | None:
    try:
        value: object = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unusable(path, error) from error
    except (ValueError, RecursionError) as error:
        raise HtcJournalError(f"{path} is not a journal: {error}") from None
    if not isinstance(value, dict):
        raise HtcJournalError(f"{path} is not a journal.")
    return cast("dict[str, Any]", value)


def _load(data: dict[str, Any]) -> Submission:
    if data.get("format") != FORMAT:
        raise HtcJournalError(f"The journal has the format {data.get('format')!r}; this version reads {FORMAT}.")
    try:
        parts = [
            Part(
                [Batch(**batch) for batch in part["batches"]],
                # A program that ended while it was sending cannot know whether the service accepted the part.
                PartState.UNKNOWN if part["state"] == PartState.SENDING else PartState(part["state"]),
                part["parent_job_ids"],
                part["problem"],
            )
            for part in data["parts"]
        ]
        names = ("id", "project_id", "task_id", "group", "fingerprint")
        before = data.get("jobs_before")
        return Submission(parts=parts, jobs_before=before, **{name: data[name] for name in names})
    except (KeyError, TypeError, ValueError) as error:
        raise HtcJournalError(f"The journal cannot be read: {error!r}") from None


def _check_same(found: Submission, wanted: Submission) -> None:
    for name in ("project_id", "task_id", "group", "fingerprint"):
        if getattr(found, name) != getattr(wanted, name):
            what = "other jobs" if name == "fingerprint" else f"another {name}"
            raise HtcJournalError(
                f"The submission to resume was made with {what}. Use the same arguments, or a new journal."
            )
    if [part.batches for part in found.parts] != [part.batches for part in wanted.parts]:
        raise HtcJournalError("The parts of the journal were changed. Use a new journal, or restore the file.")


def _write(path: Path, content: dict[str, Any]) -> None:
    """Replace the journal. At no moment, not even at a power cut, is there half a journal."""
    try:
        with replacing(path, mode=0o600) as file:
            file.write(json.dumps(content).encode())
        _sync_folder(path.parent)
    except OSError as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: OSError) -> HtcJournalError:
    return HtcJournalError(
        f"The journal {path} cannot be used: {error.strerror or error}. Name a file in a folder that exists, is "
        "writable and has space left."
    )


def _sync_folder(folder: Path) -> None:
    # Without this the new name may be lost at a power cut; Windows does not open folders.
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
