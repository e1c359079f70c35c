"""The log of a job: its output in pieces, each with the time at which it came."""

from __future__ import annotations

from .._state.clock import iso
from .._state.store import Store
from .._wire.messages import quote

#: A line longer than this is split into several log events. In bytes.
MAX_LINE = 256 * 1024
#: Largest log text of a page, unless a single piece of output is larger. In characters.
MAX_PAGE = 1024 * 1024
#: Largest log of a job in bytes; the rest is dropped, and the log says so.
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
        """The lines that ``data`` completes, or None."""
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
    """The last position up to ``at`` that does not split a UTF-8 character."""
    for back in range(4):
        if data[at - back] & 0xC0 != 0x80:
            return at - back
    return at


def read_page(store: Store, job: int, after: int | None, size: int, newest_first: bool) -> tuple[list[str], int | None]:
    """Up to ``size`` log events as JSON text, and the position of the last if more may follow.

    A page of long lines is shorter, so that no request takes long.

    Args:
        after: number of the last line that was returned.
    """
    step = "DESC" if newest_first else "ASC"
    if after is None:
        after = 2**62 if newest_first else -1
    bound = "first < ?" if newest_first else "first + count - 1 > ?"
    items: list[str] = []
    last: int | None = None
    characters = 0
    cursor = store.db.execute(
        f"SELECT first, count, at, text FROM log WHERE job = ? AND {bound} ORDER BY first {step}", (job, after)
    )
    first: int
    for first, count, at, text in cursor:
        left = size - len(items)
        if left <= 0 or characters > MAX_PAGE:
            return items, last
        lines = str(text).split("\n")
        if newest_first:
            wanted = range(min(first + count, after) - 1, first - 1, -1)
        else:
            wanted = range(max(first, after + 1), first + count)
        head = f'{{"timestamp":"{iso(at)}","message":'
        for number in wanted[:left]:
            items.append(f"{head}{quote(lines[number - first])}}}")
            last = number
        if len(wanted) > left:
            return items, last
        characters += len(text)
    return items, None
