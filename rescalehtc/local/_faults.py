"""Faults on demand: what a test asks the server to do wrong, for chosen operations and counts."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal, get_args

from rescalehtc.local._http import Answer, Call, encode
from rescalehtc.local._spec import Spec
from rescalehtc.local._types import Json, JsonObject, is_list, is_object

Kind = Literal[
    "status",
    "delay",
    "cut_before",
    "cut_after_execution",
    "cut_during",
    "truncated",
    "invalid_json",
    "html",
    "null_fields",
    "missing_fields",
    "extra_fields",
    "unknown_enum",
    "foreign_next",
    "repeated_next",
    "empty_page",
]
KINDS: tuple[str, ...] = get_args(Kind)

#: Kinds that take the place of the operation: it is not executed, unless `executed` says so.
_INSTEAD = frozenset({"status", "cut_before", "html"})

UNKNOWN_VALUE = "A_VALUE_OF_TOMORROW"
EXTRA_FIELD = "aFieldOfTomorrow"
FOREIGN_ORIGIN = "http://elsewhere.invalid"
_GATEWAY_PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>gateway</body></html>"


@dataclass(slots=True, kw_only=True)
class Fault:
    """Something to do wrong.

    Attributes:
        kind: What goes wrong.

            - ``status``: an error answer. `status` chooses it; `retry_after` adds the header, as a number of seconds
              or, with `retry_after_date`, as the date so many seconds from now; `html` gives a gateway's page as
              body, otherwise the body is what the description promises for that status.
            - ``delay``: `seconds` of waiting, then the true answer.
            - ``cut_before``: the connection breaks, and the request was not executed.
            - ``cut_after_execution``: the request is executed, and the connection breaks without an answer.
            - ``cut_during``: the request is executed, and the connection breaks in the middle of the answer.
            - ``truncated``: the JSON ends in its middle, in an answer that is otherwise well-formed.
            - ``invalid_json``: a body that is not JSON under the content type of JSON.
            - ``html``: a page with status 200 in place of the answer.
            - ``null_fields``, ``missing_fields``: fields are null or left out, on every level of the answer: those
              named in `fields`, or without names all that the description does not require.
            - ``extra_fields``: every object has one more field.
            - ``unknown_enum``: fields get a value that no enum has: those named in `fields`, or without names all
              that hold a value of an enum.
            - ``foreign_next``, ``repeated_next``: the answer's `next` leads to another origin, or to the same page.
            - ``empty_page``: a page without items and with a `next` that leads to the page that was asked for.
        operation: `operationId` of the description, or ``*`` for every operation.
        times: How many requests it hits; None for all from now on.
        skip: How many matching requests pass before it begins.
        executed: For ``status`` and ``html``: the request is executed although its answer says otherwise.
    """

    kind: Kind
    operation: str = "*"
    times: int | None = 1
    skip: int = 0
    status: int = 503
    retry_after: float | None = None
    retry_after_date: bool = False
    html: bool = False
    seconds: float = 1.0
    fields: list[str] = field(default_factory=list[str])
    executed: bool = False
    #: How many requests it has hit.
    hits: int = 0

    @property
    def instead(self) -> bool:
        """Whether it takes the place of the operation."""
        return self.kind in _INSTEAD and not self.executed


class Faults:
    """The faults that wait for their requests. May be used from any thread."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        #: Operation ids that exist, to refuse a fault that could never happen. Set by the application.
        self.known: frozenset[str] = frozenset()

    def add(self, kind: Kind, operation: str = "*", **options: Any) -> Fault:
        """Ask for a fault; the options are the attributes of `Fault`.

        Returns:
            the fault, whose `hits` tells how often it has happened.
        """
        unknown = options.keys() - {each.name for each in fields(Fault)} | (options.keys() & {"hits"})
        if unknown:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
        if kind not in KINDS:
            raise ValueError(f"no kind of fault: {kind!r}; there are {', '.join(KINDS)}")
        if operation != "*" and operation not in self.known:
            raise ValueError(f"the description has no operation {operation!r}")
        fault = Fault(kind=kind, operation=operation, **options)
        if not 100 <= fault.status <= 999:
            raise ValueError(f"no HTTP status: {fault.status}")
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Take back every fault that is still to come."""
        with self._lock:
            self._faults.clear()

    def waiting(self) -> list[JsonObject]:
        """The faults that can still happen."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def take(self, operation_id: str) -> list[Fault]:
        """The faults for one request: delays, and at most one fault of another kind."""
        if not self._faults:
            return []
        taken: list[Fault] = []
        with self._lock:
            for fault in self._faults:
                if fault.operation not in ("*", operation_id):
                    continue
                if fault.kind != "delay" and any(other.kind != "delay" for other in taken):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.hits += 1
                taken.append(fault)
            self._faults = [f for f in self._faults if f.times is None or f.hits < f.times]
        return taken


def error_answer(fault: Fault, described: Answer) -> Answer:
    """The answer of a ``status`` or ``html`` fault. `described` has the body that its status has by the description."""
    if fault.kind == "html":
        return Answer.text(200, _GATEWAY_PAGE.format("Sign in"), "text/html; charset=utf-8")
    answer = described
    if fault.html:
        answer = Answer.text(fault.status, _GATEWAY_PAGE.format(f"{fault.status} Error"), "text/html; charset=utf-8")
    if fault.retry_after is not None:
        value = f"{fault.retry_after:g}"
        if fault.retry_after_date:
            value = format_datetime(datetime.now(UTC) + timedelta(seconds=fault.retry_after), usegmt=True)
        answer.headers["Retry-After"] = value
    return answer


def spoil(fault: Fault, answer: Answer, call: Call, spec: Spec) -> Answer:
    """The answer as the fault leaves it."""
    if fault.kind == "truncated":
        answer.body = answer.body[: max(1, len(answer.body) // 2)]
    elif fault.kind == "invalid_json":
        answer.body = b'{"items": [oops'
        answer.content_type = "application/json"
    elif answer.content_type == "application/json" and fault.kind not in ("status", "html", "delay"):
        described = call.operation.answers.get(answer.status)
        value: Json = json.loads(answer.body)
        schema: JsonObject = described[1] if described else {}
        answer.body = encode(_changed(fault, value, schema, call, spec))
    return answer


def _changed(fault: Fault, value: Json, schema: JsonObject, call: Call, spec: Spec) -> Json:
    if fault.kind == "foreign_next":
        return {**value, "next": FOREIGN_ORIGIN + call.target} if is_object(value) else value
    if fault.kind == "repeated_next":
        return {**value, "next": call.origin + call.target} if is_object(value) else value
    if fault.kind == "empty_page":
        return {"items": [], "next": call.origin + call.target}
    return _walk(fault, value, schema, spec)


def _walk(fault: Fault, value: Json, schema: JsonObject, spec: Spec) -> Json:
    schema = _merged(schema, spec)
    if is_list(value):
        return [_walk(fault, part, schema.get("items", {}), spec) for part in value]
    if not is_object(value):
        return value
    properties: JsonObject = schema.get("properties", {})
    required: list[str] = schema.get("required", [])
    out: JsonObject = {}
    for name, part in value.items():
        inner: JsonObject = properties.get(name, {})
        chosen = name in fault.fields if fault.fields else name in properties and name not in required
        if fault.kind == "null_fields" and chosen:
            out[name] = None
        elif fault.kind == "missing_fields" and chosen:
            continue
        elif fault.kind == "unknown_enum" and (
            name in fault.fields if fault.fields else part is not None and "enum" in _merged(inner, spec)
        ):
            out[name] = UNKNOWN_VALUE
        else:
            out[name] = _walk(fault, part, inner, spec)
    if fault.kind == "extra_fields":
        out[EXTRA_FIELD] = {"from": ["the", "future"]}
    return out


def _merged(schema: JsonObject, spec: Spec) -> JsonObject:
    """The schema with what `$ref` and `allOf` lead to, as far as walking needs it."""
    schema = spec.resolve(schema)
    for part in schema.get("allOf", []):
        schema = {**_merged(part, spec), **{k: v for k, v in schema.items() if k != "allOf"}}
    return schema
