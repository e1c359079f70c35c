"""Faults on demand: what the server is to do wrong, for which operations and how often."""

from __future__ import annotations

import asyncio
import json
import random
import threading
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal, get_args

from starlette.responses import HTMLResponse, Response

from .messages import Call, encode
from .spec import Spec
from .types import Json, JsonObject, is_list, is_object

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
    "job_instance_lost",
    "job_provider_down",
    "job_stuck",
    "job_exit_code",
    "job_slow_log",
    "job_status_lag",
    "cancel_misses",
]
KINDS: tuple[str, ...] = get_args(Kind)

#: Kinds that happen to jobs and not to requests.
_OF_JOBS = frozenset(kind for kind in KINDS if kind.startswith(("job_", "cancel_")))
#: Operations of the storage, which are not in the description: presigned URLs and the S3 API.
STORAGE_OPERATIONS = ("getFile", "putFile")
#: Kinds that can happen to them.
_OF_STORAGE = frozenset({"status", "delay", "cut_before", "cut_after_execution", "cut_during"})

#: Kinds that replace the operation: it is not executed, unless `executed` says so.
_INSTEAD = frozenset({"status", "cut_before", "html"})

STUCK_STATES = ("SUBMITTED_TO_RESCALE", "SUBMITTED_TO_PROVIDER", "RUNNABLE")
UNKNOWN_VALUE = "A_VALUE_OF_TOMORROW"
EXTRA_FIELD = "aFieldOfTomorrow"
FOREIGN_ORIGIN = "http://elsewhere.invalid"
_GATEWAY_PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>gateway</body></html>"


@dataclass(slots=True, kw_only=True)
class Fault:
    """Something that the server does wrong.

    Attributes:
        kind: What goes wrong.

            - ``status``: an error response. ``status`` chooses it; ``retry_after`` adds the header, as a number of
              seconds or, with ``retry_after_date``, as the date that many seconds from now; ``html`` sends a
              gateway's page as body, otherwise the body is what the description promises for that status.
            - ``delay``: ``seconds`` of waiting, then the true response.
            - ``cut_before``: the connection breaks, and the request was not executed.
            - ``cut_after_execution``: the request is executed, and the connection breaks without a response.
            - ``cut_during``: the request is executed, and the connection breaks in the middle of the response.
            - ``truncated``: the JSON is cut off in the middle, in a response that is otherwise well-formed.
            - ``invalid_json``: a body that is not JSON under the content type of JSON.
            - ``html``: a web page with status 200 instead of the response.
            - ``null_fields``, ``missing_fields``: fields are null or missing, at every level of the response: those
              named in ``fields``, or without names all that the description does not require.
            - ``extra_fields``: every object has one more field.
            - ``unknown_enum``: fields get a value that no enum has: those named in ``fields``, or without names all
              that hold a value of an enum.
            - ``foreign_next``, ``repeated_next``: the response's ``next`` leads to another origin, or to the same page.
            - ``empty_page``: a page without items, with a ``next`` that leads to the page that was requested.
            - ``job_instance_lost``: ``seconds`` after its start a job loses its instance (ErrorInfrastructureFault).
            - ``job_provider_down``: the provider does not accept a job (ErrorInfrastructureFault).
            - ``job_stuck``: a job stays in ``state`` (SUBMITTED_TO_RESCALE, SUBMITTED_TO_PROVIDER or RUNNABLE) for
              ``seconds``.
            - ``job_exit_code``: a job ends with ``exit_code``, whatever its command did.
            - ``job_slow_log``: what a job writes becomes visible ``seconds`` later.
            - ``job_status_lag``: the next refresh of the statuses comes ``seconds`` later.
            - ``cancel_misses``: a job continues although it was cancelled.
        operation: ``operationId`` of the description, ``getFile`` or ``putFile`` of the storage, or ``*`` for every
            operation of the description.
        task_id: For jobs: only those of this task.
        group: For jobs: only those of this group.
        times: How many requests or jobs it hits; 0 for none, None for all from now on.
        skip: How many matching requests pass before it begins.
        probability: How likely it is to hit a matching request; ``seed`` makes that repeatable.
        executed: For ``status`` and ``html``: the request is executed although its response says otherwise.
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
    task_id: str | None = None
    group: str | None = None
    state: str = "RUNNABLE"
    exit_code: int = 1
    probability: float = 1.0
    seed: int | None = None
    #: How many requests or jobs it has hit.
    hits: int = 0
    _random: random.Random = field(default_factory=random.Random, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._random.seed(self.seed)

    def comes_true(self) -> bool:
        """Whether it hits the next matching request or job. Counts that one."""
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.probability < 1 and self._random.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def as_json(self) -> JsonObject:
        """The fault as plain JSON."""
        return {each.name: getattr(self, each.name) for each in fields(self) if not each.name.startswith("_")}

    @property
    def instead(self) -> bool:
        """Whether it replaces the operation."""
        return self.kind in _INSTEAD and not self.executed


class Faults:
    """The faults that wait for their requests. Any thread may use them."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        #: IDs of the existing operations, to refuse a fault that could never happen. Set by the application.
        self.known: frozenset[str] = frozenset()

    def add(self, kind: Kind, operation: str = "*", **options: Any) -> Fault:
        """Add a fault; the options are the attributes of ``Fault``.

        Returns:
            the fault, whose ``hits`` says how often it has happened.
        """
        known = {each.name for each in fields(Fault) if each.init} - {"hits", "_random"}
        if unknown := options.keys() - known:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
        if kind not in KINDS:
            raise ValueError(f"unknown kind of fault: {kind!r}; the kinds are {', '.join(KINDS)}")
        if operation != "*" and operation not in self.known:
            raise ValueError(f"the description has no operation {operation!r}")
        if operation in STORAGE_OPERATIONS and kind not in _OF_STORAGE:
            raise ValueError(
                f"the fault {kind!r} cannot happen to {operation}; these can: {', '.join(sorted(_OF_STORAGE))}"
            )
        if operation != "*" and kind in _OF_JOBS:
            raise ValueError(
                f"the fault {kind!r} happens to jobs, not to {operation}; choose them with task_id and group"
            )
        fault = Fault(kind=kind, operation=operation, **options)
        if not 100 <= fault.status <= 999:
            raise ValueError(f"not an HTTP status: {fault.status}")
        if not 0 <= fault.probability <= 1:
            raise ValueError(f"a probability is between 0 and 1, not {fault.probability}")
        if (fault.times is not None and fault.times < 0) or fault.skip < 0 or fault.seconds < 0:
            raise ValueError("times, skip and seconds cannot be negative")
        if kind == "job_stuck" and fault.state not in STUCK_STATES:
            raise ValueError(f"a job cannot be stuck in {fault.state!r}, only in {', '.join(STUCK_STATES)}")
        if fault.times != 0:
            with self._lock:
                self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Remove every fault that is still to come."""
        with self._lock:
            self._faults.clear()

    def waiting(self) -> list[JsonObject]:
        """The faults that can still happen."""
        with self._lock:
            return [fault.as_json() for fault in self._faults]

    def take(self, operation_id: str) -> list[Fault]:
        """The faults for one request: delays, and at most one fault of another kind."""
        if not self._faults:
            return []
        taken: list[Fault] = []
        with self._lock:
            for fault in self._faults:
                meant = fault.operation == operation_id or (
                    fault.operation == "*" and operation_id not in STORAGE_OPERATIONS
                )
                if not meant or fault.kind in _OF_JOBS:
                    continue
                if fault.kind != "delay" and any(other.kind != "delay" for other in taken):
                    continue
                if fault.comes_true():
                    taken.append(fault)
            self._drop_used_up()
        return taken

    def of_job(self, kind: Kind, task_id: str, group: str | None, *, state: str | None = None) -> Fault | None:
        """The fault of this kind that hits a job, which for ``job_stuck`` is in ``state``."""
        if not self._faults:
            return None
        with self._lock:
            for fault in self._faults:
                meant = fault.task_id in (None, task_id) and fault.group in (None, group)
                if fault.kind == kind and meant and state in (None, fault.state) and fault.comes_true():
                    self._drop_used_up()
                    return fault
        return None

    def lag(self) -> float:
        """Seconds by which the next refresh of the statuses is late."""
        if not self._faults:
            return 0.0
        with self._lock:
            for fault in self._faults:
                if fault.kind == "job_status_lag" and fault.comes_true():
                    self._drop_used_up()
                    return fault.seconds
        return 0.0

    def _drop_used_up(self) -> None:
        self._faults = [fault for fault in self._faults if fault.times is None or fault.hits < fault.times]


async def apply_delays(faults: list[Fault], notes: dict[str, Any]) -> Fault | None:
    """Wait as long as the delays among the faults of one request say; returns the other fault, if there is one.

    Args:
        notes: of the exchange.
    """
    other = next((fault for fault in faults if fault.kind != "delay"), None)
    if faults:
        notes["fault"] = other.kind if other else "delay"
        await asyncio.sleep(sum(fault.seconds for fault in faults if fault.kind == "delay"))
    return other


def error_response(fault: Fault, described: Response) -> Response:
    """The response of a ``status`` or ``html`` fault; ``described`` is the documented one for its status."""
    if fault.kind == "html":
        return HTMLResponse(_GATEWAY_PAGE.format("Sign in"))
    response = described
    if fault.html:
        response = HTMLResponse(_GATEWAY_PAGE.format(f"{fault.status} Error"), fault.status)
    if fault.retry_after is not None:
        value = f"{fault.retry_after:g}"
        if fault.retry_after_date:
            value = format_datetime(datetime.now(UTC) + timedelta(seconds=fault.retry_after), usegmt=True)
        response.headers["Retry-After"] = value
    return response


def corrupt(fault: Fault, response: Response, call: Call, spec: Spec) -> Response:
    """The response, changed by the fault."""
    body = bytes(response.body)
    if fault.kind == "truncated":
        body = body[: max(1, len(body) // 2)]
    elif fault.kind == "invalid_json":
        response.headers["Content-Type"] = "application/json"
        body = b'{"items": [oops'
    elif response.media_type == "application/json" and not fault.kind.startswith("cut_"):
        described = call.operation.responses.get(response.status_code)
        schema: JsonObject = described[1] if described else {}
        body = encode(_changed(fault, json.loads(body), schema, call, spec))
    response.body = body
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(body))
    return response


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
    """The schema with what ``$ref`` and ``allOf`` lead to, as far as walking needs it."""
    schema = spec.resolve(schema)
    for part in schema.get("allOf", []):
        schema = {**_merged(part, spec), **{k: v for k, v in schema.items() if k != "allOf"}}
    return schema
