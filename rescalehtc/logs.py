# Derived from rescalehtc/aio/logs.py by `make generate`. Do not edit.
"""The log of one job: its text as a list or in a file, and its lines as they arrive.

::

    logs.save(session, project_id, task_id, job_id, "job.log")
    for line in logs.follow(session, project_id, task_id, job_id):
        print(line)

If you need the time of every line, use :func:`rescalehtc.api.get_htc_projects_tasks_jobs_logs`, which returns models.
``job_logs`` reads the logs of many jobs.
"""

from __future__ import annotations

from collections.abc import Iterator

from rescalehtc_generated.client import Session

from ._studies.follower import Follower
from ._studies.log_lines import PathLike, encode_lines, reversed_file, text_call, whole_pages
from ._studies.session_check import check_sync
from ._utils.files import replacing

__all__ = ["follow", "read", "save"]


def read(session: Session, project_id: str, task_id: str, job_id: str, *, last_n_lines: int | None = None) -> list[str]:
    """The lines that a job wrote, oldest first.

    Args:
        session: Session to use.
        project_id: Project of the job.
        task_id: Task of the job.
        job_id: The job.
        last_n_lines: Only this many lines from the end, None for all of them.

    Raises:
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_sync(session, "read")
    lines = session.collect(text_call(project_id, task_id, job_id, last_n_lines), last_n_lines)
    return lines if last_n_lines is None else lines[::-1]


def save(
    session: Session,
    project_id: str,
    task_id: str,
    job_id: str,
    path: PathLike,
    *,
    last_n_lines: int | None = None,
) -> None:
    """Write the lines that a job wrote to a file in UTF-8, oldest first.

    Holds only a few pages of the log in memory. The file appears when it is complete; an existing one is replaced, or
    kept if something goes wrong.

    Args:
        session: Session to use.
        project_id: Project of the job.
        task_id: Task of the job.
        job_id: The job.
        path: File to write.
        last_n_lines: Only this many lines from the end, None for all of them.

    Raises:
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        OSError: The file cannot be written.
    """
    check_sync(session, "save")
    call = text_call(project_id, task_id, job_id, last_n_lines)
    if last_n_lines is None:
        with replacing(path) as file:
            for page in session.stream(whole_pages(call)):
                file.write(encode_lines(page))
    else:
        with reversed_file(path) as reverser:
            for line in session.stream(call, last_n_lines):
                reverser.add(line)


def follow(
    session: Session,
    project_id: str,
    task_id: str,
    job_id: str,
    *,
    interval: float = 10.0,
    settle: float = 10.0,
) -> Iterator[str]:
    """The lines of a job as they arrive, oldest first, until the job has ended.

    Every line is delivered exactly once, even if several have the same time and text. Late lines are still delivered,
    out of order, unless they are later than ``settle`` and more than a page back.

    Args:
        session: Session to use.
        project_id: Project of the job.
        task_id: Task of the job.
        job_id: The job.
        interval: Seconds between two requests for new lines.
        settle: Seconds that a line may arrive late: after newer ones, or after the end of the job.

    Raises:
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_sync(session, "follow")
    follower = Follower(session, project_id, task_id, job_id, interval, settle)
    while not follower.ended:
        for line in follower.read_new():
            yield line
