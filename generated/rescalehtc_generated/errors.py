"""Exceptions that the generated code itself raises; the facade adds the others of the family."""

from __future__ import annotations


class HtcException(Exception):
    """Root of every exception that this library raises on purpose.

    Attributes:
        status_code: HTTP status of the answer behind the exception, None where there was no answer.
    """

    def __init__(self, message: str, status_code: int | None = None) -> None:
        super().__init__(message)
        self.status_code = status_code


class HtcPayloadError(HtcException, ValueError):
    """An argument cannot be sent: an empty identifier, or a payload that is not plain JSON."""


class HtcDecodeError(HtcException, ValueError):
    """The body of a successful answer is not what the route promises."""


class HtcNotImplementedError(HtcException, NotImplementedError):
    """The function exists in the reference but does no call; its message names what does."""
