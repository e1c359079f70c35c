"""The log of a job: what it wrote, in pieces as they came, each with one time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .._state.clock import iso
from .._state.store import Store
from .._wire.messages import quote

#: A longer line is cut into several log events. In bytes.
MAX_LINE = 256 * 1024
#: What a job writes beyond this is dropped, and its log says so. In bytes.
MAX_LOG = 64 * 1024 * 1024


class LineSplitter:
    """Cuts the output of a process into whole lines.

    Bytes that are not UTF-8 become replacement characters; a character whose bytes arrive apart stays whole.
    """

    def __init__(self) -> None:
        self._rest: bytes = b""
        self._seen = 0
        self._full = False

    def feed(self, data: bytes) -> list[str]:
        """The lines that `data` completes."""
        if self._full:
            return []
        self._seen += len(data)
        data = self._rest + data
        end = data.rfind(b"\n")
        self._rest = data[end + 1 :]
        lines: list[str] = []
        if end >= 0:
            for line in data[:end].split(b"\n"):
                lines += _split_long(line)
        while len(self._rest) > MAX_LINE + 4:
            cut = _boundary(self._rest, MAX_LINE)
            lines.append(_decode(self._rest[:cut]))
            self._rest = self._rest[cut:]
        if self._seen > MAX_LOG:
            self._full = True
            self._rest = b""
            lines.append(f"[local server: the log is full at {MAX_LOG // 2**20} MiB, the rest is dropped]")
        return lines

    def finish(self) -> list[str]:
        """The last line, where it did not end with a newline."""
        rest, self._rest = self._rest, b""
        return _split_long(rest) if rest else []


def _decode(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace")


def _boundary(data: bytes, at: int) -> int:
    """The last place not behind `at` where no UTF-8 character is cut."""
    for back in range(4):
        if data[at - back] & 0xC0 != 0x80:
            return at - back
    return at


def _split_long(line: bytes) -> list[str]:
    pieces: list[str] = []
    while len(line) > MAX_LINE:
        cut = _boundary(line, MAX_LINE)
        pieces.append(_decode(line[:cut]))
        line = line[cut:]
    pieces.append(_decode(line))
    return pieces


def store_rows(job: int, first: int, at: int, lines: list[str]) -> tuple[Any, ...]:
    """A row of the table `log`. No line holds a newline, so one joins them."""
    return (job, first, len(lines), at, "\n".join(lines))


@dataclass(slots=True, frozen=True)
class LogExcerpt:
    """What the database holds of a page of a log; `page` makes it, without the database and in any thread."""

    rows: list[tuple[int, int, int, str]]
    after: int
    limit: int
    newest_first: bool

    @property
    def size(self) -> int:
        """Characters of log text."""
        return sum(len(text) for _, _, _, text in self.rows)

    def page(self) -> tuple[list[str], int | None]:
        """The log events as JSON text, and the position of the last if more follow."""
        items: list[str] = []
        last: int | None = None
        for first, count, at, text in self.rows:
            lines = text.split("\n")
            if self.newest_first:
                wanted = range(min(first + count, self.after) - 1, first - 1, -1)
            else:
                wanted = range(max(first, self.after + 1), first + count)
            left = self.limit - len(items)
            head = f'{{"timestamp":"{iso(at)}","message":'
            for number in wanted[:left]:
                items.append(f"{head}{quote(lines[number - first])}}}")
                last = number
            if len(wanted) > left:
                return items, last
        return items, None


def read_log(store: Store, job: int, after: int | None, size: int, newest_first: bool) -> LogExcerpt:
    """Up to `size` log events.

    Args:
        after: number of the last line that was given out.
    """
    step = "DESC" if newest_first else "ASC"
    if after is None:
        after = 2**62 if newest_first else -1
    bound = "first < ?" if newest_first else "first + count - 1 > ?"
    rows: list[tuple[int, int, int, str]] = []
    lines = 0
    cursor = store.db.execute(
        f"SELECT first, count, at, text FROM log WHERE job = ? AND {bound} ORDER BY first {step}", (job, after)
    )
    # One line more than asked for tells that more follow.
    for first, count, at, text in cursor:
        rows.append((first, count, at, text))
        lines += min(first + count, after) - first if newest_first else first + count - max(first, after + 1)
        if lines > size:
            break
    cursor.close()
    return LogExcerpt(rows, after, size, newest_first)
