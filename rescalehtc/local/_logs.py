"""The log of a job: what it wrote, in pieces as they came, each with one time."""

from __future__ import annotations

from typing import Any

from rescalehtc.local._clock import iso
from rescalehtc.local._http import quote
from rescalehtc.local._store import Store

#: A longer line is cut into several log events. In bytes.
MAX_LINE = 256 * 1024
#: What a job writes beyond this is dropped, and its log says so. In bytes.
MAX_LOG = 64 * 1024 * 1024


class LogCutter:
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
                lines += _pieces(line)
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
        return _pieces(rest) if rest else []


def _decode(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace")


def _boundary(data: bytes, at: int) -> int:
    """The last place not behind `at` where no UTF-8 character is cut."""
    for back in range(4):
        if data[at - back] & 0xC0 != 0x80:
            return at - back
    return at


def _pieces(line: bytes) -> list[str]:
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


def read_page(store: Store, job: int, after: int | None, size: int, newest_first: bool) -> tuple[list[str], int | None]:
    """Up to `size` log events as JSON text, and the position of the last where more follow.

    Args:
        after: number of the last line that was given out.
    """
    step = "DESC" if newest_first else "ASC"
    if after is None:
        after = 2**62 if newest_first else -1
    bound = "first < ?" if newest_first else "first + count - 1 > ?"
    items: list[str] = []
    last: int | None = None
    more = False
    cursor = store.db.execute(
        f"SELECT first, count, at, text FROM log WHERE job = ? AND {bound} ORDER BY first {step}", (job, after)
    )
    first: int
    for first, count, at, text in cursor:
        lines = str(text).split("\n")
        low, high = first, first + count
        if newest_first:
            high = min(high, after)
            wanted = range(high - 1, low - 1, -1)
        else:
            low = max(low, after + 1)
            wanted = range(low, high)
        left = size - len(items)
        if left <= 0 and len(wanted) > 0:
            more = True
            break
        head = f'{{"timestamp":"{iso(at)}","message":'
        for number in wanted[:left]:
            items.append(f"{head}{quote(lines[number - first])}}}")
            last = number
        if len(wanted) > left:
            more = True
            break
    cursor.close()
    return items, last if more else None
