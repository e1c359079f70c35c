"""What a handler receives, what it returns, and the error that it raises."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from .spec import Operation
from .types import Json, JsonObject

#: A string as JSON text. This is what the encoder itself calls; long listings need the shortcut.
quote: Callable[[str], str] = json.encoder.encode_basestring_ascii

_encoder = json.JSONEncoder(separators=(",", ":"), allow_nan=False)


def encode(value: Json) -> bytes:
    """JSON as bytes. Pure ASCII, so that no string from a client can make the response impossible to encode."""
    return _encoder.encode(value).encode("ascii")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _number(text: str) -> float | int:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:50]} is too large")
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def decode(body: bytes) -> Json:
    """Strict JSON: UTF-8, no NaN or Infinity. ``2.0`` reads as an integer.

    Raises:
        ValueError: if ``body`` is something else, or is nested too deeply to be read.
    """
    try:
        return json.loads(body, parse_constant=_no_constant, parse_float=_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None


@dataclass(slots=True, frozen=True)
class Steps:
    """Long work on the database: after each step its changes are committed, and other requests get their turn.

    Half-done work must do no harm, neither to other requests nor, after a kill, to the next run.
    """

    work: Generator[None, None, Any]


class ApiError(Exception):
    """A request fails; the client receives this error.

    Args:
        status: HTTP status.
        code: short machine-readable word (``errorType`` or ``error`` of the body).
        description: one sentence for people. Never holds a credential.
    """

    def __init__(self, status: int, code: str, description: str, headers: dict[str, str] | None = None):
        super().__init__(description)
        self.status = status
        self.code = code
        self.description = description
        self.headers = headers or {}


def bad_request(description: str, code: str = "BAD_REQUEST") -> ApiError:
    return ApiError(400, code, description)


def not_found(what: str, name: object) -> ApiError:
    return ApiError(404, "NOT_FOUND", f"{what} {str(name)[:200]!r} does not exist.")


@dataclass(slots=True, frozen=True)
class Caller:
    """Who sent a request."""

    #: Payload of the bearer token; empty for an API key or a refresh token.
    claims: JsonObject
    #: The only project and task that a job's token opens.
    project_id: str | None = None
    task_id: str | None = None


class Query(dict[str, Any]):
    """Query parameters by name; one that the description no longer has reads as not sent."""

    def __missing__(self, name: str) -> None:
        return None


@dataclass(slots=True)
class Call:
    """One request for an operation of the spec, checked, with its parameters converted to their types."""

    operation: Operation
    path: dict[str, Any]
    #: Scheme and host under which the client reached the server: `next` links and signed URLs start with it.
    origin: str
    #: Path and query as they were sent, without the origin.
    target: str
    headers: dict[bytes, bytes]
    caller: Caller | None = None
    query: Query = field(default_factory=Query)
    raw_body: bytes = b""
    body: Json = None
