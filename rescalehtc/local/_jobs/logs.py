"""The log of a job: what it wrote, in pieces as they came, each with one time."""

from __future__ import annotations

from dataclasses import dataclass

from .._state.clock import iso
from .._state.store import Store
from .._wire.messages import quote

#: A longer line is cut into several log events. In bytes.
MAX_LINE = 256 * 1024
#: What a job writes beyond this is dropped, and its log says so. In bytes.
MAX_LOG = 64 * 1024 * 1024


class LineSplitter:
    """Turns the output of a process into whole lines, as one text with newlines between them.

    Bytes that are not UTF-8 become replacement characters; a character whose bytes arrive separately stays whole.
    """

    def __init__(self) -> None:
        self._rest: bytes = b""
        self._seen = 0
        self._full = False

    def feed(self, data: bytes) -> str | None:
        """The lines that `data` completes, or None."""
        if self._full:
            return None
        self._seen += len(data)
        complete, newline, self._rest = (self._rest + data).rpartition(b"\n")
        texts = [_text(complete)] if newline else []
        while len(self._rest) > MAX_LINE + 4:
            end = _boundary(self._rest, MAX_LINE)
            texts.append(_text(self._rest[:end]))
            self._rest = self._rest[end:]
        if self._seen > MAX_LOG:
            self._full = True
            self._rest = b""
            texts.append(f"[local server: the log is full at {MAX_LOG // 2**20} MiB, the rest is dropped]")
        return "\n".join(texts) if texts else None

    def finish(self) -> str | None:
        """The last line, if it did not end with a newline."""
        rest, self._rest = self._rest, b""
        return _text(rest) if rest else None


def _text(lines: bytes) -> str:
    if len(lines) > MAX_LINE:
        pieces: list[bytes] = []
        for line in lines.split(b"\n"):
            while len(line) > MAX_LINE:
                end = _boundary(line, MAX_LINE)
                pieces.append(line[:end])
                line = line[end:]
            pieces.append(line)
        lines = b"\n".join(pieces)
    return lines.replace(b"\r\n", b"\n").removesuffix(b"\r").decode("utf-8", "replace")


def _boundary(data: bytes, at: int) -> int:
    """The last place not behind `at` where no UTF-8 character is cut."""
    for back in range(4):
        if data[at - back] & 0xC0 != 0x80:
            return at - back
    return at


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
