"""A progress bar by status for terminals and notebooks, through the optional extra ``progress``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from . import _statuses
from ._job_errors import missing_extra

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Display", "RichDisplay", "open_display"]


class Display(Protocol):
    """Something that shows counts."""

    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show these numbers of jobs by status, of so many in all."""
        ...

    def close(self) -> None:
        """Show nothing any more; called exactly once."""
        ...


class _Silence:
    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show nothing."""

    def close(self) -> None:
        """There is nothing to close."""


class RichDisplay:
    """A bar of the jobs that have ended, with the number in each status beside it.

    Args:
        console: Where to show it; None for the standard error output, so that a program's own output stays clean.
    """

    def __init__(self, console: Console | None = None) -> None:
        try:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
        except ImportError:
            raise missing_extra("A progress bar", "progress") from None
        self._progress = Progress(
            TextColumn("jobs"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[statuses]}"),
            console=console or Console(stderr=not _in_notebook()),
        )
        self._bar = self._progress.add_task("jobs", total=None, statuses="")
        self._progress.start()

    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show these numbers of jobs by status."""
        ended = sum(count for status, count in by_status.items() if status in _statuses.FINAL)
        statuses = "  ".join(f"{status} {count}" for status, count in by_status.items() if count)
        self._progress.update(self._bar, completed=ended, total=total, statuses=statuses, refresh=True)

    def close(self) -> None:
        """Leave the last state of the bar standing."""
        self._progress.stop()


def open_display(progress: bool | Display | None) -> Display:
    """The display that an argument ``progress`` means.

    Raises:
        HtcMissingExtraError: It is True and the extra is not installed.
    """
    if progress is True:
        return RichDisplay()
    if progress is None:
        watched = _in_notebook() or sys.stderr.isatty()
        return RichDisplay() if watched and find_spec("rich") else _Silence()
    return progress or _Silence()


def _in_notebook() -> bool:
    # Not imported for this: where IPython is not loaded yet, nobody is in a notebook.
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and shell.__class__.__name__ == "ZMQInteractiveShell"
