"""The ASGI application: turns requests into operations of the API description, and results into bytes."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import re
import sqlite3
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from ._handlers import load_handlers
from ._handlers.registry import handler_of, operations_without_handler, orphaned_handlers, spanning
from ._server_state import ServerState
from ._services.site import make_site
from ._wire.exchange import Exchange, read_body
from ._wire.faults import STORAGE_OPERATIONS, Fault, corrupt, error_response
from ._wire.messages import ApiError, Call, Steps, bad_request, decode, encode
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
        exchange = scope["rescalehtc"] = Exchange(scope, receive, send, self._record)
        path: str = scope["raw_path"].decode("latin-1")
        try:
            if not self._is_addressed(exchange.headers.get(b"host", b"localhost")):
                error = ApiError(421, "MISDIRECTED_REQUEST", "The Host header does not name this server.")
                answer = _error_response(None, error)
            elif path.startswith(self._prefix):
                answer = await self._serve_api(exchange, path, path[len(self._prefix) :])
            elif path in _WITHOUT_BASE_PATH:
                answer = await self._serve_api(exchange, path, path[1:])
            else:
                answer = self._site
            await answer(scope, exchange.receive, exchange.send)
        except ClientDisconnect:
            return
        except Exception as error:
            if not exchange.responded:
                await self._failed(error)(scope, receive, exchange.send)
            elif isinstance(error, OSError):  # a file that vanished meanwhile
                exchange.aborted = True
            else:
                raise
        if exchange.aborted:
            # Until uvicorn knows it, so that it sends nothing more.
            self._abort(scope["client"])
            while (await receive())["type"] != "http.disconnect":
                pass

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

    def _record(self, exchange: Exchange, status: int) -> None:
        """Called before the response is sent, so that whoever receives it finds it in the log."""
        scope = exchange.scope
        query: bytes = scope["query_string"]
        target: str = scope["raw_path"].decode("latin-1")
        if query:
            # Queries of the storage hold signatures.
            target += "?" + (query.decode("latin-1") if target.startswith(self._prefix) else "…")
        record = self._state.requests.add(
            exchange.operation, scope["method"], target, status, exchange.started, exchange.fault
        )
        if _request_log.isEnabledFor(logging.INFO):
            _request_log.info(
                "%s %s %s %d %.1f ms%s",
                record.operation or "-",
                record.method,
                record.target,
                record.status,
                record.seconds * 1000,
                f" [fault: {record.fault}]" if record.fault else "",
            )

    # -- the API ------------------------------------------------------------------------------------------------------

    async def _serve_api(self, exchange: Exchange, raw_path: str, path: str) -> Response:
        method: str = exchange.scope["method"]
        found = self._router.find(path)
        operation = found[0].get(method) if found else None
        if found is None:
            return _error_response(None, ApiError(404, "NOT_FOUND", "There is no such route."))
        if operation is None:
            return _error_response(None, ApiError(405, "", "", {"Allow": ", ".join(sorted(found[0]))}))
        exchange.operation = operation.id
        headers = exchange.headers
        query: str = exchange.scope["query_string"].decode("latin-1")
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
            if b"content-length" in headers or b"transfer-encoding" in headers:
                call.raw_body = await read_body(Request(exchange.scope, exchange.receive), MAX_BODY)
        except ApiError as error:
            return _error_response(operation, error)
        faults = self._state.faults.take(operation.id)
        return await (self._respond_faulty(exchange, faults, known, call) if faults else self._respond(known, call))

    def _origin(self, headers: dict[bytes, bytes]) -> str:
        host = headers.get(b"host")
        return self._state.origin if host is None else f"http://{host.decode('latin-1')}"

    async def _respond(self, known: _Operation, call: Call) -> Response:
        """Execute one request: one transaction, or one for each step, committed before the response."""
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
                result = await self._take(result)
            response = _to_response(known.operation, result, call.response_headers)
            if self._state.options.check_answers:
                self._check_response(known.operation, response)
            if store.db.in_transaction:
                store.commit()
            return response
        except Exception as error:
            return self._failed(error)

    async def _take(self, steps: Steps) -> Any:
        while True:
            try:
                next(steps.work)
            except StopIteration as end:
                return end.value
            self._state.store.commit()
            # Not 0: a request takes several turns of the loop, and each turn would run another step.
            await asyncio.sleep(_PAUSE)

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
        problem = self._spec.response_problem(
            operation, response.status_code, response.media_type, bytes(response.body)
        )
        if problem is not None:
            raise AssertionError(f"{operation.id} answered {response.status_code}: {problem}")

    async def _respond_faulty(self, exchange: Exchange, faults: list[Fault], known: _Operation, call: Call) -> Response:
        await asyncio.sleep(sum(fault.seconds for fault in faults if fault.kind == "delay"))
        fault = next((fault for fault in faults if fault.kind != "delay"), None)
        exchange.fault = "delay" if fault is None else fault.kind
        if fault is not None and fault.instead:
            response = Response(status_code=fault.status)
        else:
            response = await self._respond(known, call)
        if fault is None or fault.kind.startswith("cut_"):
            return response
        if fault.kind in ("status", "html"):
            error = ApiError(fault.status, "FAULT_ON_DEMAND", "A fault of the local server asked for this.")
            return error_response(fault, _error_response(known.operation, error))
        return corrupt(fault, response, call, self._spec) if response.status_code < 400 else response


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


def _to_response(operation: Operation, result: Any, headers: dict[str, str]) -> Response:
    if isinstance(result, Response):
        return result
    if result is None:
        return Response(None, operation.success, headers)
    if isinstance(result, str):
        return PlainTextResponse(result, operation.success, headers)
    body: bytes = result if isinstance(result, bytes) else encode(result)
    return Response(body, operation.success, headers, "application/json")


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
    if not names:
        return Response(None, error.status, error.headers)
    body = encode({name: values[name] for name in names if name in values})
    return Response(body, error.status, error.headers, "application/json")
