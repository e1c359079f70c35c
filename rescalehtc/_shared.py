"""Small things that the modules of projects, tasks and jobs have in common."""

from __future__ import annotations

import logging
from html import escape
from typing import Any, Protocol, TypeAlias, TypeVar

from .exceptions import HtcException

Json: TypeAlias = dict[str, Any]
"""A JSON object as plain Python values, under the names that the service uses."""

logger = logging.getLogger("RESCALEHTC")

T = TypeVar("T")


class HasProject(Protocol):
    """Anything that belongs to a project, or is one: objects of this package as well as generated models."""

    @property
    def project_id(self) -> str: ...


class HasTask(HasProject, Protocol):
    """Anything that belongs to a task, or is one."""

    @property
    def task_id(self) -> str: ...


def require(value: object, kind: type[T], name: str) -> T:
    """``value``, if it is of the right kind.

    Raises:
        HtcException: It is not.
    """
    if not isinstance(value, kind):
        raise HtcException(f"The argument {name} must be a {kind.__name__}, not a {type(value).__name__}.")
    return value


def any_status(status: str | None) -> bool:
    """Whether a filter of 1.1.0 leaves everything through."""
    return status in ("any", "all", None)


def html_table(headings: tuple[str, ...], rows: list[tuple[object, ...]], more: int = 0) -> str:
    """A table for notebooks, every cell escaped; ``more`` tells how many rows were left out."""
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    note = f"<p>… and {more} more</p>" if more else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"
