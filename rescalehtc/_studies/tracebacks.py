"""Tracebacks that show the call of a program and the reason, not the way between them."""

from __future__ import annotations

from ..exceptions import HtcException


class ShortTraceback:
    """A block whose errors of our family lose the frames inside it: the message says what failed and where."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, frames: object) -> None:
        if isinstance(error, HtcException):
            error.__traceback__ = None
