"""A progress bar by status: in notebooks by their own means, in terminals through the optional extra ``progress``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

from ._records import statuses
from ._utils.html import html_table
from .exceptions import HtcMissingExtraError

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Display", "NotebookDisplay", "TerminalDisplay", "open_display"]


class Display(Protocol):
    """Something that shows counts."""

    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show the number of jobs by status, out of a total."""
        ...

    def close(self) -> None:
        """Stop showing; called exactly once."""
        ...


class _Silence:
    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show nothing."""

    def close(self) -> None:
        """There is nothing to close."""


class TerminalDisplay:
    """A bar of the jobs that have ended, with the number in each status beside it.

    Args:
        console: Where to show it; None for the standard error output, so that a program's own output stays clean.

    Raises:
        HtcMissingExtraError: The extra ``progress`` is not installed.
    """

    def __init__(self, console: Console | None = None) -> None:
        try:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
        except ImportError:
            raise HtcMissingExtraError.of("A progress bar", "progress") from None
        self._progress = Progress(
            TextColumn("jobs"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[statuses]}"),
            console=console or Console(stderr=True),
        )
        self._bar = self._progress.add_task("jobs", total=None, statuses="")
        self._progress.start()

    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show the number of jobs by status."""
        statuses = "  ".join(f"{status} {count}" for status, count in by_status.items() if count)
        self._progress.update(self._bar, completed=_ended(by_status), total=total, statuses=statuses, refresh=True)

    def close(self) -> None:
        """Leave the last state of the bar visible."""
        self._progress.stop()


class NotebookDisplay:
    """A bar of the jobs that have ended and a table of statuses, below the cell that waits."""

    def __init__(self) -> None:
        # Whoever is in a notebook has IPython; nobody else needs it.
        self._html: Any = import_module("IPython.display")
        self._handle: Any = None

    def update(self, by_status: Mapping[str, int], total: int) -> None:
        """Show the number of jobs by status."""
        ended = _ended(by_status)
        rows: list[tuple[object, ...]] = [(status, count) for status, count in by_status.items() if count]
        bar = f'<progress value="{ended}" max="{max(total, 1)}"></progress> {ended} of {total} jobs ended'
        content = self._html.HTML(bar + html_table(("status", "jobs"), rows))
        if self._handle is None:
            self._handle = self._html.display(content, display_id=True)
        else:
            self._handle.update(content)

    def close(self) -> None:
        """Leave the last state visible."""


def open_display(progress: bool | Display | None) -> Display:
    """The display that an argument ``progress`` means.

    Raises:
        HtcMissingExtraError: It is True, this is no notebook, and the extra is not installed.
    """
    if progress is None or progress is True:
        if _in_notebook():
            return NotebookDisplay()
        if progress or (sys.stderr.isatty() and find_spec("rich")):
            return TerminalDisplay()
        return _Silence()
    return progress or _Silence()


def _ended(by_status: Mapping[str, int]) -> int:
    return sum(count for status, count in by_status.items() if status in statuses.FINAL)


def _in_notebook() -> bool:
    # Not imported for this: where IPython is not loaded yet, nobody is in a notebook.
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"
