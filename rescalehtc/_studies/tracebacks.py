"""Tracebacks that show the program's call and the reason, not the frames in between."""

from __future__ import annotations

from ..exceptions import HtcException


class ShortTraceback:
    """Removes the frames inside a block from our own exceptions, whose message says what failed and where."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, frames: object) -> None:
        if isinstance(error, HtcException):
            error.__traceback__ = None
