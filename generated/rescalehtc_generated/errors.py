"""Exceptions that the generated code itself raises; the facade adds the others."""

from __future__ import annotations


class HtcException(Exception):
    """Root of every exception that this library raises on purpose.

    Attributes:
        status_code: HTTP status of the response behind the exception, None if there was none.
        method: HTTP method of the call, None if no call was made.
        path: Path template of the route, such as ``/htc/projects/{projectId}``.
        request_id: The service's own name for the call, to be quoted to its support.
        error_type: Machine-readable kind of the error, as the service names it.
        error_description: The service's explanation, without secrets, shortened.
        retry_after: Seconds after which the service asks to be called again.
        maybe_received: Whether the service may have carried out the call. False only if that is ruled out.
    """

    method: str | None = None
    path: str | None = None
    request_id: str | None = None
    error_type: str | None = None
    error_description: str | None = None
    retry_after: float | None = None
    maybe_received: bool = True

    def __init__(self, message: str, status_code: int | None = None) -> None:
        super().__init__(message)
        self.status_code = status_code


class HtcPayloadError(HtcException, ValueError):
    """An argument cannot be sent: an empty identifier, or a payload that is not plain JSON."""

    maybe_received = False


class HtcDecodeError(HtcException, ValueError):
    """The body of a successful response is not what the route promises."""


class HtcNotImplementedError(HtcException, NotImplementedError):
    """The function exists in the reference but makes no call; the message names its replacement."""

    maybe_received = False
