# Derived from rescalehtc/_studies/aio/follower.py by `make generate`. Do not edit.
"""Follows a log that grows."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from rescalehtc_generated.api.job import get_job
from rescalehtc_generated.client import Call, Session
from rescalehtc_generated.models.htc_job_logs import HTCJobLogs
from rescalehtc_generated.models.htc_log_event import HTCLogEvent
from rescalehtc_generated.models.log_order import LogOrder

from .._records.odd_values import text
from .._records.statuses import FINAL
from .._utils.scheduling import monotonic, pause
from ..exceptions import HtcNotFoundError
from .log_lines import line_text, log_call

_PAGE = 1000
_PAGES = 10

_Line = tuple[str, str]


class _Page:
    """A page that may still change, and its lines when it was last read."""

    def __init__(self, call: Call[HTCJobLogs]) -> None:
        self.call = call
        self.lines: Counter[_Line] = Counter()
        self.newest: datetime | None = None

    def keep(self, events: list[HTCLogEvent], lines: list[_Line]) -> None:
        self.lines = Counter(lines)
        times: list[Any] = [getattr(event, "timestamp", None) for event in events]
        self.newest = max((time for time in times if isinstance(time, datetime)), default=None)


class Follower:
    """The position in a log that is being followed.

    The last page has no ``next``, so it is requested again and again: it grows until it is full and has one. A
    late line is inserted before others, and pushes the last line of its page to the next one. So every page that a late
    line may still reach is read again with the last one, and delivered lines are recognized by time, text and number,
    not by their place.

    Attributes:
        ended: Whether the job has ended and all its lines were delivered.
    """

    def __init__(
        self, session: Session, project_id: str, task_id: str, job_id: str, interval: float, settle: float
    ) -> None:
        self.ended = False
        self._session = session
        self._status = get_job.call(project_id, task_id, job_id)
        self._interval, self._settle = interval, settle
        self._wait = 0.0
        self._final_at: float | None = None
        first = log_call(project_id, task_id, job_id, _PAGE, LogOrder.ASC)
        self._pages = [_Page(first)]
        self._followed: set[str] = set()
        self._delivered_before: Counter[_Line] = Counter()
        self._begin_round()

    def read_new(self) -> list[str]:
        """The new lines of one page; waits first if necessary."""
        if self._wait:
            pause(self._wait)
            self._wait = 0.0
        page = self._pages[self._at]
        events, following = self._read(page)
        lines = [_line(event) for event in events]
        fresh = self._undelivered(lines)
        if not self._seen.keys().isdisjoint(fresh) and self._is_stale():
            self._begin_round()
            return []
        page.keep(events, lines)
        self._seen += page.lines
        self._delivered_before |= self._seen
        self._drop_old_pages()
        self._quiet = self._quiet and not fresh
        if not self._turn_page(following):
            self._end_round()
        return [text for _, text in fresh]

    def _is_stale(self) -> bool:
        """Whether the pages before this one have changed since they were read.

        A line on two pages may be two equal lines, or one that was pushed from one page to the other in between.
        """
        for page in self._pages[: self._at]:
            events, _ = self._read(page)
            if Counter(map(_line, events)) != page.lines:
                return True
        return False

    def _read(self, page: _Page) -> tuple[list[HTCLogEvent], str | None]:
        try:
            read = self._session.send(page.call)
        except HtcNotFoundError:
            return [], None  # the job has no log yet; its status will tell whether the job exists
        return list(read.items or ()), read.next

    def _begin_round(self) -> None:
        self._at = 0
        self._seen: Counter[_Line] = Counter()
        self._quiet = True

    def _end_round(self) -> None:
        now = monotonic()
        if self._final_at is not None:
            # Only what is read after the job's end is known to be complete.
            self.ended = self._quiet and now >= self._final_at + self._settle
        elif text((self._session.send(self._status)).status) in FINAL:
            self._final_at = now
        self._wait = self._interval if self._final_at is None else min(self._interval, self._settle)
        self._begin_round()

    def _undelivered(self, lines: list[_Line]) -> list[_Line]:
        """The lines that were not delivered yet."""
        seen = self._seen.copy()
        fresh: list[_Line] = []
        for line in lines:
            seen[line] += 1
            if seen[line] > self._delivered_before[line]:
                fresh.append(line)
        return fresh

    def _turn_page(self, following: str | None) -> bool:
        """Turn to the next page; False if this was the last one."""
        page, rest = self._pages[self._at], self._pages[self._at + 1 :]
        if not following:
            return False
        if not rest or rest[0].call.target != following:
            if following in self._followed:
                return False
            self._followed.add(following)
            self._pages[self._at + 1 :] = [_Page(page.call.at(following))]
        self._at += 1
        return True

    def _drop_old_pages(self) -> None:
        """Drop the pages that no late line can reach any more."""
        newest = self._pages[self._at].newest
        while self._at:
            first = self._pages[0]
            old = newest and first.newest and first.newest + timedelta(seconds=self._settle) < newest
            if not old and self._at < _PAGES:
                return
            del self._pages[0]
            self._at -= 1
            self._delivered_before -= first.lines
            self._seen -= first.lines


def _line(event: HTCLogEvent) -> _Line:
    return str(getattr(event, "timestamp", None)), line_text(event)
