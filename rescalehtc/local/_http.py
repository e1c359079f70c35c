"""What a handler receives, what it gives back, and how it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from rescalehtc.local._types import Json, JsonObject

if TYPE_CHECKING:
    from rescalehtc.local._auth import Caller
    from rescalehtc.local._spec import Operation

#: A string as JSON text. What the encoder itself uses, without the way there: long listings are made of it.
quote: Callable[[str], str] = json.encoder.encode_basestring_ascii

_encoder = json.JSONEncoder(separators=(",", ":"), allow_nan=False)


def encode(value: Json) -> bytes:
    """JSON as bytes. Pure ASCII, so that no string a client sent can make the answer unencodable."""
    return _encoder.encode(value).encode("ascii")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def decode(body: bytes) -> Json:
    """Strict JSON: UTF-8, no NaN or Infinity.

    Raises:
        ValueError: where `body` is not that, or is nested too deeply to be read.
    """
    try:
        return json.loads(body, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


@dataclass(slots=True)
class Answer:
    """One HTTP answer, complete in memory."""

    status: int
    body: bytes = b""
    content_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def json(cls, status: int, value: Json) -> Answer:
        return cls(status, encode(value), "application/json")

    @classmethod
    def text(cls, status: int, text: str, content_type: str = "text/plain; charset=utf-8") -> Answer:
        return cls(status, text.encode("utf-8", "replace"), content_type)


class Refusal(Exception):
    """A request that is answered with an error.

    Args:
        status: HTTP status.
        code: short machine-readable word (`errorType` or `error` of the body).
        description: one sentence for people. Never holds a credential.
    """

    def __init__(self, status: int, code: str, description: str, headers: dict[str, str] | None = None):
        super().__init__(description)
        self.status = status
        self.code = code
        self.description = description
        self.headers = headers or {}


def bad_request(description: str, code: str = "BAD_REQUEST") -> Refusal:
    return Refusal(400, code, description)


def not_found(what: str, name: object) -> Refusal:
    return Refusal(404, "NOT_FOUND", f"{what} {str(name)[:200]!r} does not exist.")


@dataclass(slots=True)
class Call:
    """One request for an operation of the spec, checked and with its parameters in their types."""

    operation: Operation
    path: dict[str, Any]
    query: dict[str, Any]
    body: Json
    raw_body: bytes
    headers: dict[str, str]
    caller: Caller | None
    #: Scheme and host under which the client reached the server: `next` links and signed URLs start with it.
    origin: str
    #: Path and query as they were sent, without the origin.
    target: str
    raw_query: list[tuple[str, str]]
    #: Headers to add to the answer.
    answer_headers: dict[str, str] = field(default_factory=dict[str, str])

    def param(self, name: str) -> str:
        """A path parameter of type string."""
        return self.path[name]

    @property
    def object(self) -> JsonObject:
        """The body, where the spec says that it is an object."""
        return self.body
