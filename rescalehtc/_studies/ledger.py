"""Remembers which results the program has received, in memory or in a file next to the journal."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from .._records.membership import Member, Membership
from .._records.submission import Submission
from .._utils.file_lock import FileLock, try_lock
from ..exceptions import HtcJournalError
from .gathering import IDS_PER_CALL

_CONFIRMED = b"."


class Ledger:
    """The results that were delivered, one bit for each job.

    In a file, a result is recorded before it is delivered, and the next record confirms it: when the program
    ended, it may or may not have processed the last one.
    """

    def __init__(self, file: int | None = None) -> None:
        self._bits: dict[int, int] = {}
        self._file = file
        self._in_doubt: tuple[int, int] | None = None

    def load(self, content: bytes) -> None:
        """Read what an earlier run recorded."""
        last: tuple[int, int] | None = None
        for line in content.split(b"\n")[:-1]:
            if line == _CONFIRMED:
                if last is not None:
                    self._mark(*last)
                last = None
                continue
            if last is not None:
                self._mark(*last)
            number, _, position = line.partition(b":")
            last = int(number), int(position)
        if last is not None and not self._is_marked(*last):
            self._in_doubt = last

    def was_delivered(self, member: Member) -> bool:
        """Whether the result of a job was delivered."""
        return self._is_marked(member.number, member.position)

    def maybe_delivered(self, member: Member) -> bool:
        """Whether the program ended while it processed this result."""
        return self._in_doubt == (member.number, member.position)

    def deliver(self, member: Member) -> None:
        """Record that a result is about to be delivered."""
        if self._file is not None:
            os.write(self._file, b"%d:%d\n" % (member.number, member.position))
        self._mark(member.number, member.position)

    def confirm(self) -> None:
        """Record that the program has processed the last result."""
        if self._file is not None:
            os.write(self._file, _CONFIRMED + b"\n")

    def number_delivered(self, members: Membership) -> int:
        """How many of the newest attempts' results were delivered."""
        return sum(self._delivered_in(members, number) for number, _ in members.sizes())

    def missing(self, members: Membership) -> Iterator[list[str]]:
        """The IDs of jobs whose results were not delivered, in lists that fit into one call."""
        ids: list[str] = []
        for number, size in members.sizes():
            if self._bits.get(number, 0).bit_count() < size:
                for job_id, member in members.of_batch(number):
                    if not self.was_delivered(member) and members.is_newest(member):
                        ids.append(job_id)
                        if len(ids) == IDS_PER_CALL:
                            yield ids
                            ids = []
        if ids:
            yield ids

    def _delivered_in(self, members: Membership, number: int) -> int:
        if not members.has_replaced:
            return self._bits.get(number, 0).bit_count()
        return sum(self.was_delivered(member) and members.is_newest(member) for _, member in members.of_batch(number))

    def _is_marked(self, number: int, position: int) -> bool:
        return bool(self._bits.get(number, 0) >> position & 1)

    def _mark(self, number: int, position: int) -> None:
        self._bits[number] = self._bits.get(number, 0) | 1 << position


@contextmanager
def open_ledger(submission: Submission) -> Generator[Ledger]:
    """The ledger of a submission: in a file if it has a journal.

    Raises:
        HtcJournalError: The file is in use, or cannot be read or written.
    """
    if submission.journal is None:
        yield Ledger()
        return
    path = submission.journal.with_name(submission.journal.name + ".seen")
    lock = _lock(path)
    try:
        handle = _open(path, submission.id)
        try:
            ledger = Ledger(handle)
            _, _, content = path.read_bytes().partition(b"\n")
            try:
                ledger.load(content)
            except ValueError:
                raise HtcJournalError(f"{path} cannot be read. Remove it to get all results again.") from None
            yield ledger
        finally:
            os.close(handle)
    finally:
        lock.release()


def _lock(path: Path) -> FileLock:
    lock = try_lock(path.with_name(path.name + ".lock"))
    if lock is None:
        raise HtcJournalError(f"The results of {path.name.removesuffix('.seen')} are being read by another program.")
    return lock


def _open(path: Path, submission_id: str) -> int:
    """Open the file. Empty it if it belongs to another submission, and cut off half a line at its end."""
    head = submission_id.encode() + b"\n"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    content = path.read_bytes()
    if not content.startswith(head):
        os.ftruncate(handle, 0)
        os.write(handle, head)
    else:
        os.ftruncate(handle, content.rfind(b"\n") + 1)
    return handle
