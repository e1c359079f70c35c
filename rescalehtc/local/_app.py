"""The ASGI application: turns requests into operations of the API description, and results into bytes."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import re
import sqlite3
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from ._handlers import load_handlers
from ._handlers.registry import handler_of, operations_without_handler, orphaned_handlers, spanning
from ._server_state import ServerState
from ._services.site import make_site
from ._services.storage_faults import StorageRequest
from ._wire.asgi import ClientDisconnected, Receive, Scope, Send, read_body, send_response, start_message
from ._wire.faults import STORAGE_OPERATIONS, Fault, corrupt, error_response
from ._wire.messages import ApiError, Call, Response, Steps, bad_request, decode, encode
from ._wire.routes import Router
from ._wire.spec import Operation, Parameter, first_problem
from ._wire.types import Json, JsonObject

#: Largest body of an API request in bytes. A hundred batches with long command lines fit.
MAX_BODY = 32 * 1024 * 1024

_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._\-]+))(?::[0-9]+)?")
#: Routes that the service's tutorial calls without the base path.
_WITHOUT_BASE_PATH = frozenset({"/auth/token", "/.well-known/jwks.json"})

#: Real seconds between two steps of long work, in which other requests are served.
_PAUSE = 0.002

#: Faults that break the connection.
_ABORTING = frozenset({"cut_before", "cut_after_execution", "cut_during"})

_log = logging.getLogger("rescalehtc.local")
_request_log = logging.getLogger("rescalehtc.local.requests")


class App:
    """One server's application.

    Args:
        abort: breaks the connection of a client.
        hosts: names, besides those of the loopback, under which the server may be addressed; None for any.
    """

    def __init__(
        self, state: ServerState, *, abort: Callable[[tuple[str, int]], None], hosts: frozenset[str] | None
    ) -> None:
        load_handlers()
        self._state = state
        self._spec = state.spec
        self._abort = abort
        self._hosts = hosts
        self._known_hosts: set[bytes] = set()
        self._router = Router(state.spec, spanning)
        state.faults.known = frozenset(state.spec.operations).union(STORAGE_OPERATIONS)
        self._operations = {op.id: _Operation(op, handler_of(op.id)) for op in state.spec.operations.values()}
        self._prefix = state.spec.base_path + "/"
        self._site = make_site(state)
        for orphan in orphaned_handlers(state.spec):
            _log.warning("a handler belongs to no operation of the API description: %s", orphan)
        for operation_id in operations_without_handler(state.spec):
            _log.info("the operation %s has no handler, so it returns 501", operation_id)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        started = time.perf_counter()
        raw_path: str = scope["raw_path"].decode("latin-1")
        headers: dict[bytes, bytes] = dict(scope["headers"])
        try:
            if not self._is_addressed(headers.get(b"host", b"localhost")):
                error = ApiError(421, "MISDIRECTED_REQUEST", "The Host header does not name this server.")
                self._record("", scope, error.status, started)
                await send_response(_error_response(None, error), send)
            elif raw_path.startswith(self._prefix):
                await self._serve_api(scope, raw_path, raw_path[len(self._prefix) :], headers, receive, send, started)
            elif raw_path in _WITHOUT_BASE_PATH:
                await self._serve_api(scope, raw_path, raw_path[1:], headers, receive, send, started)
            else:
                await self._serve_site(scope, headers, receive, send, started)
        except ClientDisconnected:
            return

    def _is_addressed(self, host: bytes) -> bool:
        """Whether a Host header names this server, so that no website can reach it under a name of its own."""
        if host in self._known_hosts:
            return True
        found = _HOST.fullmatch(host.decode("latin-1").lower())
        if found is None:
            return False
        name: str = found["v6"] or found["name"]
        known = self._hosts is None or name in ("localhost", *self._hosts)
        if not known:
            try:
                known = ipaddress.ip_address(name).is_loopback
            except ValueError:
                return False
        if known and len(self._known_hosts) < 100:
            self._known_hosts.add(host)
        return known

    def _record(self, operation: str, scope: Scope, status: int, started: float, fault: str = "") -> None:
        """Called before the response is sent, so that whoever receives it finds it in the log."""
        query: bytes = scope["query_string"]
        target: str = scope["raw_path"].decode("latin-1")
        if query:
            # Queries of the storage hold signatures.
            target += "?" + (query.decode("latin-1") if target.startswith(self._prefix) else "…")
        record = self._state.requests.add(operation, scope["method"], target, status, started, fault)
        if _request_log.isEnabledFor(logging.INFO):
            _request_log.info(
                "%s %s %s %d %.1f ms%s",
                record.operation or "-",
                record.method,
                record.target,
                record.status,
                record.seconds * 1000,
                f" [fault: {fault}]" if fault else "",
            )

    # -- what is not in the description -------------------------------------------------------------------------------

    async def _serve_site(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, send: Send, started: float
    ) -> None:
        def record(status: int) -> None:
            self._record(request.operation, scope, status, started, request.fault)

        request = StorageRequest(send, record, expects_continue=b"expect" in headers)
        scope["rescalehtc"] = request
        try:
            await self._site(scope, receive, request.send)
        except Exception as error:
            if request.responded:
                raise
            await send_response(self._failed(error), request.send)
        if request.aborted:
            await self._abort_connection(scope, receive)

    # -- the API ------------------------------------------------------------------------------------------------------

    async def _serve_api(
        self,
        scope: Scope,
        raw_path: str,
        path: str,
        headers: dict[bytes, bytes],
        receive: Receive,
        send: Send,
        started: float,
    ) -> None:
        method: str = scope["method"]
        found = self._router.find(path)
        operation = found[0].get(method) if found else None
        if found is None or operation is None:
            error = ApiError(404, "NOT_FOUND", "There is no such route.")
            if found is not None:
                error = ApiError(405, "", "", {"Allow": ", ".join(sorted(found[0]))})
            self._record("", scope, error.status, started)
            await send_response(_error_response(None, error), send)
            return
        query: str = scope["query_string"].decode("latin-1")
        call = Call(
            operation=operation,
            path={},
            origin=self._origin(headers),
            target=f"{raw_path}?{query}" if query else raw_path,
            raw_query=parse_qsl(query, keep_blank_values=True) if query else [],
            headers=headers,
        )
        known = self._operations[operation.id]
        try:
            # A caller without permission uses up no fault, and its body is not read.
            call.caller = self._state.credentials.authenticate(operation, headers.get(b"authorization"))
            known.read_path(call, found[1])
            self._state.credentials.authorize(call)
            call.raw_body = await read_body(receive, headers, MAX_BODY)
        except ApiError as error:
            response = _error_response(operation, error)
            if b"expect" in headers:
                response.headers["Connection"] = "close"
        else:
            faults = self._state.faults.take(operation.id)
            if faults:
                await self._serve_faulty(faults, known, call, scope, receive, send, started)
                return
            response = await self._respond(known, call)
        self._record(operation.id, scope, response.status, started)
        await send_response(response, send)

    def _origin(self, headers: dict[bytes, bytes]) -> str:
        host = headers.get(b"host")
        return self._state.origin if host is None else f"http://{host.decode('latin-1')}"

    async def _respond(self, known: _Operation, call: Call) -> Response:
        result = self._execute(known, call)
        if isinstance(result, Steps):
            result = await self._take_steps(known.operation, result)
        return result

    def _execute(self, known: _Operation, call: Call) -> Response | Steps:
        """Execute one request: one transaction, committed before the response."""
        store = self._state.store
        try:
            self._state.commit_pending()
            try:
                known.read_query_and_body(call)
                result = known.handler(self._state, call)
            except ApiError as error:
                store.rollback()
                result = _error_response(known.operation, error)
            if isinstance(result, Steps):
                return result
            return self._finish(known.operation, result, call.response_headers)
        except Exception as error:
            return self._failed(error)

    async def _take_steps(self, operation: Operation, steps: Steps) -> Response:
        try:
            while True:
                try:
                    next(steps.work)
                except StopIteration as end:
                    return self._finish(operation, end.value, {})
                self._state.store.commit()
                # Not 0: a request takes several turns of the loop, and each turn would run another step.
                await asyncio.sleep(_PAUSE)
        except Exception as error:
            return self._failed(error)

    def _finish(self, operation: Operation, result: Any, headers: dict[str, str]) -> Response:
        response = _to_response(operation, result)
        if headers:
            response.headers.update(headers)
        if self._state.options.check_answers:
            self._check_response(operation, response)
        if self._state.store.db.in_transaction:
            self._state.store.commit()
        return response

    def _failed(self, error: Exception) -> Response:
        """An error of this server, not of the request. The transaction is rolled back."""
        self._state.store.rollback()
        if isinstance(error, sqlite3.Error | OSError):
            _log.error("the local server cannot write: %s", error)
            return _error_response(
                None, ApiError(503, "STORAGE_FAILED", "The disk is full or defective; free some space.")
            )
        _log.exception("the local server failed", exc_info=error)
        return _error_response(None, ApiError(500, "INTERNAL_ERROR", "See the server's log."))

    def _check_response(self, operation: Operation, response: Response) -> None:
        problem = self._spec.response_problem(operation, response.status, response.content_type, response.body)
        if problem is not None:
            raise AssertionError(f"{operation.id} answered {response.status}: {problem}")

    # -- faults -------------------------------------------------------------------------------------------------------

    async def _serve_faulty(
        self,
        faults: list[Fault],
        known: _Operation,
        call: Call,
        scope: Scope,
        receive: Receive,
        send: Send,
        started: float,
    ) -> None:
        await asyncio.sleep(sum(fault.seconds for fault in faults if fault.kind == "delay"))
        fault = next((fault for fault in faults if fault.kind != "delay"), None)
        kind = "delay" if fault is None else fault.kind
        if fault is not None and fault.instead:
            response = Response(fault.status)
        else:
            response = await self._respond(known, call)
        if fault is not None and kind in ("status", "html"):
            error = ApiError(fault.status, "FAULT_ON_DEMAND", "A fault of the local server asked for this.")
            response = error_response(fault, _error_response(known.operation, error))
        elif fault is not None and kind not in _ABORTING and response.status < 400:
            response = corrupt(fault, response, call, self._spec)
        without_status = kind in ("cut_before", "cut_after_execution")
        self._record(known.operation.id, scope, 0 if without_status else response.status, started, kind)
        if kind == "cut_during":
            await send(start_message(response, len(response.body) + 1))
            half = response.body[: len(response.body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
        if kind in _ABORTING:
            await self._abort_connection(scope, receive)
        else:
            await send_response(response, send)

    async def _abort_connection(self, scope: Scope, receive: Receive) -> None:
        """Break the connection, and wait until uvicorn notices, so that it sends nothing more."""
        self._abort(scope["client"])
        while (await receive())["type"] != "http.disconnect":
            pass


class _Operation:
    """An operation with its handler and the parameters that need reading, by location."""

    def __init__(self, operation: Operation, handler: Callable[[ServerState, Call], Any]) -> None:
        self.operation = operation
        self.handler = handler
        self._path_names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
        self._path: dict[str, Parameter] = {}
        self._query: dict[str, Parameter] = {}
        for parameter in operation.parameters:
            if parameter.location == "query":
                self._query[parameter.name] = parameter
            elif parameter.location == "path" and (parameter.kind != "string" or parameter.validator is not None):
                self._path[parameter.name] = parameter

    def read_path(self, call: Call, values: list[str]) -> None:
        for name, value in zip(self._path_names, values, strict=True):
            call.path[name] = _read(self._path[name], [value]) if name in self._path else value

    def read_query_and_body(self, call: Call) -> None:
        sent: dict[str, list[str]] = {}
        for name, value in call.raw_query:
            sent.setdefault(name, []).append(value)
        for name, parameter in self._query.items():
            if name in sent:
                call.query[name] = _read(parameter, sent[name])
            elif parameter.required:
                raise bad_request(f"The query parameter {name} is required.")
            else:
                call.query[name] = parameter.default
        validator = self.operation.body
        if validator is None:
            return
        if call.raw_body:
            try:
                call.body = decode(call.raw_body)
            except ValueError as error:
                raise bad_request(f"The body is not JSON: {error}", "INVALID_JSON") from None
            problem = first_problem(validator, call.body)
            if problem is not None:
                raise bad_request(problem, "VALIDATION_ERROR")
        elif self.operation.body_required:
            raise bad_request("A JSON body is required.")


def _read(parameter: Parameter, texts: list[str]) -> Json:
    try:
        return parameter.read(texts)
    except ValueError as error:
        raise bad_request(f"{parameter.name}: {error}", "VALIDATION_ERROR") from None


def _to_response(operation: Operation, result: Any) -> Response:
    if isinstance(result, Response):
        return result
    if result is None:
        return Response(operation.success)
    if isinstance(result, bytes):
        return Response(operation.success, result, "application/json")
    if isinstance(result, str):
        return Response.text(operation.success, result)
    return Response(operation.success, encode(result), "application/json")


def _error_response(operation: Operation | None, error: ApiError) -> Response:
    """An error in the form that the description gives for the operation, or else for this kind of error."""
    if operation is not None and error.status in operation.errors:
        names = operation.errors[error.status]
    elif error.status in (401, 403, 405):
        names = []
    elif error.status == 400:
        names = ["errorType", "errorDescription", "message"]
    else:
        names = ["error", "errorDescription"]
    values: JsonObject = {
        "error": error.code,
        "errorType": error.code,
        "errorDescription": error.description,
        "message": None if "errorDescription" in names else error.description,
    }
    response = Response(error.status, headers=dict(error.headers))
    if names:
        response.body = encode({name: values[name] for name in names if name in values})
        response.content_type = "application/json"
    return response
