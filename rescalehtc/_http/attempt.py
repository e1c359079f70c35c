"""What an observer receives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of a call, passed to an observer when the attempt has ended. It holds no secret.

    Attributes:
        operation: Name of the operation in the API description, such as ``listJobs``.
        method: HTTP method.
        path: Path below the base URL, without the query.
        route: The path template, with the names of the parameters instead of their values.
        base_url: Base URL that was called.
        number: Number of this attempt, from 1.
        seconds: How long the attempt took.
        status: HTTP status, None if no usable response came.
        failure: Why there is no usable response, None if there is one.
        error_type: The status as text, or the name of the exception, if the attempt failed; None if it did not.
        request_id: Identifier that the service gave the request.
        next_delay: Seconds until the next attempt, None if this was the last one.
    """

    operation: str
    method: str
    path: str
    route: str
    base_url: str
    number: int
    seconds: float
    status: int | None = None
    failure: str | None = None
    error_type: str | None = None
    request_id: str | None = None
    next_delay: float | None = None

    def __str__(self) -> str:
        result = self.failure if self.status is None else f"HTTP {self.status}"
        notes = [f"attempt {self.number}"] + ([f"request id {self.request_id}"] if self.request_id else [])
        text = f"{self.method} {self.path}: {result} after {self.seconds:.3f} s ({', '.join(notes)})"
        return text if self.next_delay is None else f"{text}; trying again in {self.next_delay:.1f} s"
