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
from ..exceptions import HtcJournalError, HtcPayloadError
from . import definition_file

Save: TypeAlias = Callable[[], None]
"""Stores the current state of the submission."""


@contextmanager
def open_journal(
    path: str | os.PathLike[str] | None, wanted: Submission, resume: Submission | None = None
) -> Generator[tuple[Submission, Save]]:
    """The submission to continue, and a function that stores it.

    Raises:
        HtcJournalError: The journal is in use, is not a journal, or belongs to another submission.
        ValueError: Both a journal and a submission to resume are given.
    """
    if resume is not None:
        _check_same(resume, wanted)
        resume.definitions = resume.definitions or wanted.definitions
    if path is None:
        yield resume or wanted, lambda: None
        return
    if resume is not None:
        raise HtcPayloadError("Pass either a journal or a submission to resume, not both.")
    file = _only_name(path)
    with _locked(file):
        data = _read(file)
        submission = wanted if data is None else _load(data)
        _check_same(submission, wanted)
        if data is not None:
            stored = definition_file.read(file, submission) if submission.attempts > 1 else []
            submission.definitions = [*wanted.definitions, *stored[len(wanted.definitions) :]]
        submission.journal = file
        # Without resubmissions, the caller has all definitions: a lost or foreign file of them is replaced.
        yield submission, _saver(file, submission, len(submission.origins) if submission.attempts > 1 else 0)


@contextmanager
def reopen_journal(path: str | os.PathLike[str], into: Submission | None = None) -> Generator[tuple[Submission, Save]]:
    """The submission that a journal holds, with its definitions, and a function that stores it.

    Args:
        path: The journal.
        into: The submission as this program knows it; brought up to date with the journal.

    Raises:
        HtcJournalError: The journal does not exist, is in use, or cannot be read.
    """
    file = _only_name(path)
    with _locked(file):
        submission = load_journal(file)
        if into is not None:
            if into.id != submission.id:
                raise HtcJournalError(f"The journal {file} was overwritten by another submission.")
            into.parts, into.definitions, into.origins = submission.parts, submission.definitions, submission.origins
            submission = into
        yield submission, _saver(file, submission, len(submission.origins))


def load_journal(path: str | os.PathLike[str]) -> Submission:
    """The submission that a journal holds, with its definitions.

    Raises:
        HtcJournalError: The journal does not exist, or cannot be read.
    """
    file = _only_name(path)
    data = _read(file)
    if data is None:
        raise HtcJournalError(f"There is no journal {file}. Pass the path that submit was called with.")
    submission = _load(data)
    submission.definitions, submission.journal = definition_file.read(file, submission), file
    return submission


def _saver(file: Path, submission: Submission, stored: int) -> Save:

    def save() -> None:
        nonlocal stored
        if stored != len(submission.definitions):
            try:
                definition_file.write(file, submission)
                _sync_folder(file.parent)
            except OSError as error:
                raise _unusable(file, error) from error
            stored = len(submission.definitions)
        _write(file, submission.to_dict())

    return save


def _only_name(path: str | os.PathLike[str]) -> Path:
    """Two names of one file must be one journal with one lock."""
    try:
        file = Path(path).resolve()
        # Opening anything else, such as a pipe, might block forever.
        if file.exists() and not file.is_file():
            raise HtcJournalError(f"The journal {path} is not a file.")
    except OSError as error:
        raise _unusable(path, error) from error
    except (ValueError, RuntimeError) as error:
        raise HtcJournalError(f"{str(path)!r} cannot be the name of a journal: {error}.") from error
    return file


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
        names = ("id", "project_id", "task_id", "group", "fingerprint", "jobs_before", "origins")
        parts = [_part(**part) for part in data["parts"]]
        return Submission(parts=parts, **{name: data[name] for name in names})
    except (KeyError, TypeError, ValueError) as error:
        raise HtcJournalError(f"The journal cannot be read: {error!r}") from None


def _part(batches: list[Any], state: str, parent_job_ids: object, problem: object, attempt: int, replaces: Any) -> Part:
    if not isinstance(parent_job_ids, list) or not isinstance(problem, str | None):
        raise TypeError("a field of a part has another type")
    parents = cast("list[str | None]", parent_job_ids)
    # A program that ended while it was sending cannot know whether the service accepted the part.
    known = PartState.UNKNOWN if state == PartState.SENDING else PartState(state)
    part = Part([_batch(**batch) for batch in batches], known, parents, problem, int(attempt), dict(replaces))
    accepted = known is PartState.ACCEPTED
    if (accepted and len(parents) != len(batches)) or not all(
        isinstance(parent, str) or (parent is None and not accepted) for parent in parents
    ):
        raise ValueError("a part does not name its batches")
    return part


def _batch(definition: int, first_index: int, size: int, indexes: list[int] | None) -> Batch:
    return Batch(definition, first_index, size, None if indexes is None else tuple(indexes))


def _check_same(found: Submission, wanted: Submission) -> None:
    for name in ("project_id", "task_id", "group", "fingerprint"):
        if name == "group" and found.has_own_group and wanted.has_own_group:
            continue
        if getattr(found, name) != getattr(wanted, name):
            what = "other jobs" if name == "fingerprint" else f"another {name}"
            raise HtcJournalError(
                f"The submission to resume was made with {what}. Use the same arguments, or a new journal."
            )
    if [part.batches for part in found.parts if part.attempt == 1] != [part.batches for part in wanted.parts]:
        raise HtcJournalError("The parts in the journal were changed. Use a new journal, or restore the file.")


def _write(path: Path, content: dict[str, Any]) -> None:
    """Replace the journal. The journal is never incomplete, not even after a power cut."""
    try:
        with replacing(path, mode=0o600) as file:
            file.write(json.dumps(content).encode())
        _sync_folder(path.parent)
    except OSError as error:
        raise _unusable(path, error) from error


def _unusable(path: str | os.PathLike[str], error: OSError) -> HtcJournalError:
    return HtcJournalError(
        f"The journal {path} cannot be used: {error.strerror or error}. Name a file in a folder that exists, is "
        "writable and has space left."
    )


def _sync_folder(folder: Path) -> None:
    # Without this, a power cut may lose the new name; Windows does not open folders.
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
