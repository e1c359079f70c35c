"""The log of one job: its text to a list or a file, and its lines as they come.

::

    logs.save(session, project_id, task_id, job_id, "job.log")
    for line in logs.follow(session, project_id, task_id, job_id):
        print(line)

Where the time of every line matters, use :func:`rescalehtc.api.get_htc_projects_tasks_jobs_logs`, which gives models.
:mod:`rescalehtc.job_logs` reads the logs of many jobs.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, TypeAlias

import attrs

from rescalehtc_generated.api.job import list_job_logs
from rescalehtc_generated.client import Call
from rescalehtc_generated.json_codec import decode_json
from rescalehtc_generated.models.htc_log_event import HTCLogEvent
from rescalehtc_generated.models.log_order import LogOrder

from ._files import replacing
from ._follower import Follower, line_text
from ._plans import run, run_async

if TYPE_CHECKING:
    from rescalehtc_generated.client import AsyncSession, Session

__all__ = ["follow", "follow_async", "read", "read_async", "save", "save_async"]

_PAGE = 5000
_WIRE = {attribute: name for name, attribute in HTCLogEvent.WIRE_NAMES.items()}
_Path: TypeAlias = str | os.PathLike[str]


def read(session: Session, project_id: str, task_id: str, job_id: str, *, last_n_lines: int | None = None) -> list[str]:
    """The lines that a job wrote, the oldest first.

    Args:
        session: Session to use.
        project_id: Project of the job.
        task_id: Task of the job.
        job_id: The job.
        last_n_lines: Only this many lines from the end, None for all of them.

    Raises:
        HtcException: One of its family, when a call fails or is refused.
    """
    lines = session.collect(_call(project_id, task_id, job_id, last_n_lines), last_n_lines)
    return lines if last_n_lines is None else lines[::-1]


async def read_async(
    session: AsyncSession, project_id: str, task_id: str, job_id: str, *, last_n_lines: int | None = None
) -> list[str]:
    """The lines that a job wrote, with an async session; everything else is as in :func:`read`."""
    lines = await session.collect(_call(project_id, task_id, job_id, last_n_lines), last_n_lines)
    return lines if last_n_lines is None else lines[::-1]


def save(
    session: Session,
    project_id: str,
    task_id: str,
    job_id: str,
    path: _Path,
    *,
    last_n_lines: int | None = None,
) -> None:
    """Write the lines that a job wrote to a file in UTF-8, the oldest first.

    A few pages of the log are held in memory, however long it is. The file appears when it is complete; one that
    exists is replaced, and stays as it is when something goes wrong.

    Args:
        session: Session to use.
        project_id: Project of the job.
        task_id: Task of the job.
        job_id: The job.
        path: File to write.
        last_n_lines: Only this many lines from the end, None for all of them.

    Raises:
        HtcException: One of its family, when a call fails or is refused.
        OSError: The file cannot be written.
    """
    call = _call(project_id, task_id, job_id, last_n_lines)
    if last_n_lines is None:
        with replacing(path) as file:
            for page in session.stream(_pages(call)):
                file.write(_bytes(page))
    else:
        with _turned(path) as turner:
            for line in session.stream(call, last_n_lines):
                turner.add(line)


async def save_async(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    job_id: str,
    path: _Path,
    *,
    last_n_lines: int | None = None,
) -> None:
    """Write the lines of a job to a file, with an async session; everything else is as in :func:`save`."""
    call = _call(project_id, task_id, job_id, last_n_lines)
    if last_n_lines is None:
        with replacing(path) as file:
            async for page in session.stream(_pages(call)):
                file.write(_bytes(page))
    else:
        with _turned(path) as turner:
            async for line in session.stream(call, last_n_lines):
                turner.add(line)


def follow(
    session: Session,
    project_id: str,
    task_id: str,
    job_id: str,
    *,
    interval: float = 10.0,
    settle: float = 10.0,
) -> Iterator[str]:
    """The lines of a job as they come, the oldest first, until the job has ended.

    Every line comes exactly once, also where several have the same time and text. A line that is put between those
    that were already had comes late, yet comes, unless it is later than ``settle`` and more than a page back.

    Args:
        session: Session to use.
        project_id: Project of the job.
        task_id: Task of the job.
        job_id: The job.
        interval: Seconds between two looks at the log.
        settle: Seconds by which a line may come late: after younger ones, or after the job ended.

    Raises:
        HtcException: One of its family, when a call fails or is refused.
    """
    follower = Follower(project_id, task_id, job_id, interval, settle)
    while not follower.ended:
        yield from run(session, follower.look())


async def follow_async(
    session: AsyncSession,
    project_id: str,
    task_id: str,
    job_id: str,
    *,
    interval: float = 10.0,
    settle: float = 10.0,
) -> AsyncIterator[str]:
    """The lines of a job as they come, with an async session; everything else is as in :func:`follow`."""
    follower = Follower(project_id, task_id, job_id, interval, settle)
    while not follower.ended:
        for line in await run_async(session, follower.look()):
            yield line


@dataclass(frozen=True, slots=True)
class _Texts:
    """A page of which only the text is read: a tenth of the work of making an object for every line."""

    items: list[str]
    next: str | None


@dataclass(frozen=True, slots=True)
class _Whole:
    """A page that is one item."""

    items: list[list[str]]
    next: str | None


def _decode(content: bytes) -> _Texts:
    page, message = decode_json(content), _WIRE["message"]
    try:
        texts = _Texts([line[message] for line in page["items"]], page.get("next"))
        "".join(texts.items)
    except (KeyError, TypeError, AttributeError):
        # Not what was promised: the models take anything.
        events = list_job_logs.ROUTE.decode(content)
        return _Texts([line_text(event) for event in events.items or ()], events.next)
    return texts


def _call(project_id: str, task_id: str, job_id: str, number: int | None) -> Call[_Texts]:
    # Only the newest lines can be had without reading all of them.
    order = LogOrder.ASC if number is None else LogOrder.DESC
    size = _PAGE if number is None else min(max(number, 1), _PAGE)
    call = list_job_logs.call(project_id, task_id, job_id, page_size=size, sort=order)
    return attrs.evolve(call, route=attrs.evolve(call.route, decode=_decode))  # type: ignore[return-value]


def _pages(call: Call[_Texts]) -> Call[_Whole]:
    def decode(content: bytes) -> _Whole:
        page = _decode(content)
        return _Whole([page.items], page.next)

    return attrs.evolve(call, route=attrs.evolve(call.route, decode=decode))  # type: ignore[return-value]


@contextmanager
def _turned(path: _Path) -> Generator[_Turner]:
    """A file to which lines are given the newest first, and which has them the oldest first."""
    with replacing(path) as file, tempfile.TemporaryFile() as newest_first:
        turner = _Turner(newest_first)
        yield turner
        turner.copy_to(file)


class _Turner:
    """Turns the order of lines, holding few of them."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sizes: list[int] = []
        self._lines: list[str] = []

    def add(self, line: str) -> None:
        self._lines.append(line)
        if len(self._lines) == _PAGE:
            self._write()

    def copy_to(self, target: IO[bytes]) -> None:
        self._write()
        end = sum(self._sizes)
        for size in reversed(self._sizes):
            end -= size
            self._file.seek(end)
            target.write(self._file.read(size))

    def _write(self) -> None:
        self._sizes.append(self._file.write(_bytes(self._lines[::-1])))
        self._lines.clear()


def _bytes(lines: list[str]) -> bytes:
    # A lone surrogate, which JSON can carry, is no reason to lose a log.
    return "".join([line + "\n" for line in lines]).encode("utf-8", "replace")
