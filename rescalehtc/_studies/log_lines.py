"""The text of log lines, without an object for each of them."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, TypeAlias, cast

import attrs

from rescalehtc_generated.api.job import list_job_logs
from rescalehtc_generated.client import Call
from rescalehtc_generated.errors import HtcDecodeError
from rescalehtc_generated.json_codec import decode_json
from rescalehtc_generated.models.htc_job_logs import HTCJobLogs
from rescalehtc_generated.models.htc_log_event import HTCLogEvent
from rescalehtc_generated.models.log_order import LogOrder

from .._utils.arguments import check_integer
from .._utils.files import replacing
from .._utils.wire import WireNames

PathLike: TypeAlias = str | os.PathLike[str]

_PAGE = 5000
_LOGS, _EVENT = WireNames(HTCJobLogs), WireNames(HTCLogEvent)


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of which only the text is read: a tenth of the time that an object for every line takes."""

    items: list[str]
    next: str | None


@dataclass(frozen=True, slots=True)
class WholePage:
    """A page that is one item."""

    items: list[list[str]]
    next: str | None


def log_call(project_id: str, task_id: str, job_id: str, page_size: int, sort: LogOrder) -> Call[HTCJobLogs]:
    """The call for the log of a job, in which an event may also be a bare value."""
    call = list_job_logs.call(project_id, task_id, job_id, page_size=page_size, sort=sort)
    return attrs.evolve(call, route=attrs.evolve(call.route, decode=_decode_events))


def text_call(project_id: str, task_id: str, job_id: str, last_n_lines: int | None) -> Call[TextPage]:
    """The call for the lines of a job, newest first if only the last ones are wanted."""
    if last_n_lines is not None:
        check_integer("last_n_lines", last_n_lines, 0)
    order = LogOrder.ASC if last_n_lines is None else LogOrder.DESC
    size = _PAGE if last_n_lines is None else min(max(last_n_lines, 1), _PAGE)
    call = log_call(project_id, task_id, job_id, size, order)
    return attrs.evolve(call, route=attrs.evolve(call.route, decode=_decode))  # type: ignore[return-value]


def whole_pages(call: Call[TextPage]) -> Call[WholePage]:
    """The same call, with whole pages as its items."""

    def decode(content: bytes) -> WholePage:
        page = _decode(content)
        return WholePage([page.items], page.next)

    return attrs.evolve(call, route=attrs.evolve(call.route, decode=decode))  # type: ignore[return-value]


def line_text(event: Any) -> str:
    """The text of a log event, whatever the service sent for it."""
    message = getattr(event, "message", event)
    return "" if message is None else str(message)


def encode_lines(lines: list[str]) -> bytes:
    """Lines as UTF-8. A lone surrogate, which JSON can carry, must not lose a log."""
    return "".join([line + "\n" for line in lines]).encode("utf-8", "replace")


@contextmanager
def reversed_file(path: PathLike) -> Generator[LineReverser]:
    """A file that takes lines newest first and stores them oldest first."""
    with replacing(path) as file, tempfile.TemporaryFile() as newest_first:
        reverser = LineReverser(newest_first)
        yield reverser
        reverser.copy_to(file)


class LineReverser:
    """Reverses the order of lines, with few of them in memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sizes: list[int] = []
        self._lines: list[str] = []

    def add(self, line: str) -> None:
        """Add the next older line."""
        self._lines.append(line)
        if len(self._lines) == _PAGE:
            self._write()

    def copy_to(self, target: IO[bytes]) -> None:
        """Write all lines, oldest first."""
        self._write()
        end = sum(self._sizes)
        for size in reversed(self._sizes):
            end -= size
            self._file.seek(end)
            target.write(self._file.read(size))

    def _write(self) -> None:
        self._sizes.append(self._file.write(encode_lines(self._lines[::-1])))
        self._lines.clear()


def _decode(content: bytes) -> TextPage:
    page, message = decode_json(content), _EVENT.message
    try:
        texts = TextPage([line[message] for line in page[_LOGS.items]], page.get(_LOGS.next))
        "".join(texts.items)
    except (KeyError, TypeError, AttributeError):
        # Not what was promised, but the models accept anything.
        events = _decode_events(content)
        return TextPage([line_text(event) for event in events.items or ()], events.next)
    return texts


def _decode_events(content: bytes) -> HTCJobLogs:
    try:
        return list_job_logs.ROUTE.decode(content)
    except HtcDecodeError:
        page = cast("dict[str, Any]", decode_json(content))
        items: Any = page.get(_LOGS.items) if isinstance(page, dict) else None  # pyright: ignore[reportUnnecessaryIsInstance]
        if not isinstance(items, list):
            raise
        events = cast("list[Any]", items)
        # One odd event must not lose the log.
        page[_LOGS.items] = [event if isinstance(event, dict) else {_EVENT.message: event} for event in events]
        return list_job_logs.ROUTE.decode(json.dumps(page).encode())
