"""A progress bar by status: built in for notebooks, in terminals through the extra ``progress``.

Elsewhere, the logger ``rescalehtc.progress`` writes a line at INFO, at most one every 30 seconds.
"""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

from ._records.counts import JobCounts
from ._utils.html import html_table
from .exceptions import HtcMissingExtraError, HtcPayloadError

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Display", "NotebookDisplay", "TerminalDisplay", "open_display"]


class Display(Protocol):
    """Shows counts."""

    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show the number of jobs by status, out of a total."""
        ...

    def close(self) -> None:
        """Stop showing; called exactly once."""
        ...


class _NoDisplay:
    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show nothing."""

    def close(self) -> None:
        """Nothing to close."""


class _Rate:
    """The rate at which jobs end, and the time left."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def text(self, ended: int, total: int) -> str:
        """Rate and time left; empty until a job has ended."""
        now = time.monotonic()
        self._seen.append((now, ended))
        # The service refreshes its counts every 30 seconds, so a shorter time would say little.
        while len(self._seen) > 2 and self._seen[1][0] < now - _RATE_SECONDS:
            self._seen.popleft()
        start, before = self._seen[0]
        if ended <= before or now <= start:
            return ""
        rate = (ended - before) / (now - start)
        number, unit = next((rate * each, unit) for each, unit in _UNITS if rate * each >= 1 or unit == "day")
        left = f", {_clock((total - ended) / rate)} left" if ended < total else ""
        return f"{number:.1f} jobs/{unit}{left}"


_RATE_SECONDS = 300.0
_UNITS = ((1, "s"), (60, "min"), (3600, "h"), (86400, "day"))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


class _LogDisplay:
    """Log lines, and in a terminal a hint to install the progress bar."""

    def __init__(self) -> None:
        self._rate = _Rate()
        self._logged_at: float | None = None
        self._unlogged = ""
        self._hints = sys.stderr.isatty()

    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Log the number of jobs by status, if it is time to."""
        counts, now = JobCounts(by_status), time.monotonic()
        rate = self._rate.text(counts.ended, total)
        self._unlogged = f"{counts}; {rate}" if rate else str(counts)
        if self._logged_at is None or now - self._logged_at >= _LOG_SECONDS:
            self._log(now)
        elif self._hints:
            # Not for a wait that ends at once.
            self._hints = False
            _hint()

    def close(self) -> None:
        """Log the last state."""
        if self._unlogged:
            self._log(time.monotonic())

    def _log(self, now: float) -> None:
        _log.info("%s", self._unlogged)
        self._logged_at, self._unlogged = now, ""


_LOG_SECONDS = 30.0
_log = logging.getLogger("rescalehtc.progress")
_hinted = False


def _hint() -> None:
    """Name the extra, once per process."""
    global _hinted
    if not _hinted:
        _hinted = True
        print('For a progress bar: pip install "rescalehtc[progress]"; progress=False hides this.', file=sys.stderr)


class TerminalDisplay:
    """A bar of the jobs that have ended, with rate and time left; below it, the number in each status.

    Args:
        console: Where to show it; None for standard error, so that a program's own output stays clean.

    Raises:
        HtcMissingExtraError: The extra ``progress`` is not installed.
    """

    def __init__(self, console: Console | None = None) -> None:
        try:
            from rich.console import Console, Group
            from rich.live import Live
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
            from rich.text import Text
        except ImportError:
            raise HtcMissingExtraError.of("A progress bar", "progress") from None
        console = console or Console(stderr=True)
        self._rate = _Rate()
        self._progress = Progress(
            TextColumn("jobs"),
            # The text after it changes its length, and must not squeeze it.
            BarColumn(min(40, console.width // 4)),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[rate]}"),
            console=console,
        )
        self._bar = self._progress.add_task("jobs", total=None, rate="")
        self._statuses = Text(no_wrap=True, overflow="ellipsis")
        self._live = Live(Group(self._progress, self._statuses), console=console, refresh_per_second=2)
        self._live.start()

    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show the number of jobs by status."""
        ended = _ended(by_status)
        self._statuses.plain = "  ".join(f"{status} {count}" for status, count in by_status.items() if count)
        self._progress.update(self._bar, completed=ended, total=total, rate=self._rate.text(ended, total))
        self._live.refresh()

    def close(self) -> None:
        """Leave the last state of the bar visible."""
        self._live.stop()


class NotebookDisplay:
    """A bar of the jobs that have ended and a table of statuses, below the cell that waits."""

    def __init__(self) -> None:
        # A notebook has IPython; nothing else needs it.
        self._html: Any = import_module("IPython.display")
        self._handle: Any = None
        self._rate = _Rate()

    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show the number of jobs by status."""
        ended = _ended(by_status)
        rate = self._rate.text(ended, total)
        rows: list[tuple[object, ...]] = [(status, count) for status, count in by_status.items() if count]
        bar = f'<progress value="{ended}" max="{max(total, 1)}" style="width: 20em"></progress> '
        bar += f"{ended} of {total} jobs ended{', ' if rate else ''}{rate}"
        content = self._html.HTML(bar + html_table(("status", "jobs"), rows))
        if self._handle is None:
            self._handle = self._html.display(content, display_id=True)
        else:
            self._handle.update(content)

    def close(self) -> None:
        """Leave the last state visible."""


def open_display(progress: bool | Display | None) -> Display:
    """The display that an argument ``progress`` selects.

    Raises:
        HtcMissingExtraError: It is True, this is not a notebook, and the extra is not installed.
        HtcPayloadError: It is not one of these.
    """
    if progress is None or progress is True:
        if _in_notebook():
            return NotebookDisplay()
        if progress or (sys.stderr.isatty() and find_spec("rich")):
            return TerminalDisplay()
        return _LogDisplay()
    if progress is False:
        return _NoDisplay()
    if not hasattr(progress, "close"):
        raise HtcPayloadError(f"progress must be True, False or a display, not {type(progress).__name__}.")
    return progress


def _ended(by_status: Mapping[str, int]) -> int:
    return JobCounts(by_status).ended


def _in_notebook() -> bool:
    # Not imported here: a notebook has already loaded IPython.
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"
