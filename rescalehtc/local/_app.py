"""The ASGI application: turns requests into operations of the API description, and results into bytes."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import re
import sqlite3
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from ._handlers import load_handlers
from ._handlers.registry import handler_of, operations_without_handler, orphaned_handlers, spanning
from ._server_state import ServerState
from ._services import container_registry, control, page, presigned, s3
from ._wire.exchange import Exchange, read_body
from ._wire.faults import STORAGE_OPERATIONS, apply_delays, corrupt, error_response
from ._wire.messages import ApiError, Call, Steps, bad_request, decode, encode
from ._wire.routes import OperationTree
from ._wire.spec import Operation, first_problem
from ._wire.types import JsonObject

#: Largest body of an API request in bytes. A hundred batches with long command lines fit.
MAX_BODY = 32 * 1024 * 1024

_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._\-]*))(?::[0-9]*)?")
#: Routes that the service's tutorial calls without the base path.
_WITHOUT_BASE_PATH = frozenset({"/auth/token", "/.well-known/jwks.json"})

#: Real seconds between two steps of long work, in which other requests are served.
_PAUSE = 0.002

_log = logging.getLogger("rescalehtc.local")


class App:
    """One server's application.

    Args:
        hosts: names, besides those of the loopback, under which the server may be addressed; None for any.
    """

    def __init__(self, state: ServerState, hosts: frozenset[str] | None) -> None:
        load_handlers()
        self._state = state
        self._hosts = hosts
        self._operations = OperationTree(state.spec, spanning)
        state.faults.known = frozenset(state.spec.operations).union(STORAGE_OPERATIONS)
        self._prefix = state.spec.base_path + "/"
        services = (presigned, s3, container_registry, control, page)
        self._site = Router([route for service in services for route in service.routes(state)])
        for orphan in orphaned_handlers(state.spec):
            _log.warning("a handler belongs to no operation of the API description: %s", orphan)
        for operation_id in operations_without_handler(state.spec):
            _log.info("the operation %s has no handler, so it returns 501", operation_id)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        exchange = Exchange(scope, receive, send, self._state.requests)
        try:
            if not _is_addressed(exchange.headers.get(b"host", b"localhost"), self._hosts):
                raise ApiError(421, "MISDIRECTED_REQUEST", "The Host header does not name this server.")
            if exchange.path.startswith(self._prefix) or exchange.path in _WITHOUT_BASE_PATH:
                answer = await self._serve_api(exchange, scope)
            else:
                answer = self._site
            await answer(scope, exchange.receive, exchange.send)
        except ApiError as error:
            await _error_response(None, error)(scope, receive, exchange.send)
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
            exchange.notes["abort"]()
            # Until uvicorn knows it, so that it sends nothing more.
            while (await receive())["type"] != "http.disconnect":
                pass

    # -- the API ------------------------------------------------------------------------------------------------------

    async def _serve_api(self, exchange: Exchange, scope: Scope) -> Response:
        path, headers, state = exchange.path, exchange.headers, self._state
        methods, values = self._operations.find(path.removeprefix(self._prefix))
        operation = methods.get(exchange.method)
        if operation is None:
            if not methods:
                raise ApiError(404, "NOT_FOUND", "There is no such route.")
            raise ApiError(405, "", "", {"Allow": ", ".join(sorted(methods))})
        exchange.notes["operation"] = operation.id
        if query := scope["query_string"].decode("latin-1"):
            exchange.target = f"{path}?{query}"
        host = headers.get(b"host")
        call = Call(
            operation=operation,
            path=dict(zip(operation.path_names, values, strict=True)),
            origin=state.origin if host is None else f"http://{host.decode('latin-1')}",
            target=exchange.target,
            headers=headers,
        )
        try:
            # A caller without permission uses up no fault, and its body is not read.
            call.caller = state.credentials.authenticate(operation, headers.get(b"authorization"))
            state.credentials.authorize(call)
            if b"content-length" in headers or b"transfer-encoding" in headers:
                call.raw_body = await read_body(Request(scope, exchange.receive), MAX_BODY)
        except ApiError as error:
            return _error_response(operation, error)
        faults = state.faults.take(operation.id)
        fault = await apply_delays(faults, exchange.notes) if faults else None
        if fault is None:
            return await self._respond(call)
        response = Response(status_code=fault.status) if fault.instead else await self._respond(call)
        if fault.kind in ("status", "html"):
            error = ApiError(fault.status, "FAULT_ON_DEMAND", "A fault that was added to the local server caused this.")
            return error_response(fault, _error_response(operation, error))
        return corrupt(fault, response, call, state.spec) if response.status_code < 400 else response

    async def _respond(self, call: Call) -> Response:
        """Execute one request: one transaction, or one for each step, committed before the response."""
        operation, state = call.operation, self._state
        try:
            state.commit_pending()
            try:
                _read(call)
                result = handler_of(operation.id)(state, call)
            except ApiError as error:
                state.store.rollback()
                result = _error_response(operation, error)
            if isinstance(result, Steps):
                result = await self._take(result)
            response = _to_response(operation, result)
            if state.options.check_answers:
                media, body = response.media_type, bytes(response.body)
                if problem := state.spec.response_problem(operation, response.status_code, media, body):
                    raise AssertionError(f"{operation.id} answered {response.status_code}: {problem}")
            if state.store.db.in_transaction:
                state.store.commit()
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
            failure = ApiError(503, "STORAGE_FAILED", "The disk is full or defective; free some space.")
        else:
            _log.exception("the local server failed", exc_info=error)
            failure = ApiError(500, "INTERNAL_ERROR", "See the server's log.")
        return _error_response(None, failure)


@lru_cache(maxsize=100)
def _is_addressed(host: bytes, names: frozenset[str] | None) -> bool:
    """Whether a Host header names this server, so that no website can reach it under a name of its own.

    Raises:
        ApiError: 400 if it names no host at all.
    """
    found = _HOST.fullmatch(host.decode("latin-1").lower())
    if found is None:
        raise bad_request("The Host header is not a host.")
    name: str = found["v6"] or found["name"]
    return names is None or name in names or is_loopback(name)


def is_loopback(host: str) -> bool:
    """Whether a name or address means this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read(call: Call) -> None:
    """Convert and check what the client sent.

    Raises:
        ApiError: 400 if it does not match the description.
    """
    operation = call.operation
    query = call.target.partition("?")[2]
    sent = parse_qs(query, keep_blank_values=True) if query else {}
    try:
        for parameter in operation.path_parameters:
            call.path[parameter.name] = parameter.read([call.path[parameter.name]])
        for parameter in operation.query_parameters:
            call.query[parameter.name] = parameter.read(sent.get(parameter.name))
    except ValueError as error:
        raise bad_request(str(error), "VALIDATION_ERROR") from None
    if operation.body is None:
        return
    if call.raw_body:
        try:
            call.body = decode(call.raw_body)
        except ValueError as error:
            raise bad_request(f"The body is not JSON: {error}", "INVALID_JSON") from None
        problem = first_problem(operation.body, call.body)
        if problem is not None:
            raise bad_request(problem, "VALIDATION_ERROR")
    elif operation.body_required:
        raise bad_request("A JSON body is required.")


def _to_response(operation: Operation, result: Any) -> Response:
    if isinstance(result, Response):
        return result
    body: bytes | None = result if result is None or isinstance(result, bytes) else encode(result)
    return Response(body, operation.success, media_type=None if body is None else "application/json")


def _error_response(operation: Operation | None, error: ApiError) -> Response:
    """An error in the form that the description defines for the operation, or else in the server's own."""
    names = ["error", "errorDescription"] if error.description else []
    if operation is not None:
        names = operation.errors.get(error.status, names)
    values: JsonObject = {
        "error": error.code,
        "errorType": error.code,
        "errorDescription": error.description,
        "message": None if "errorDescription" in names else error.description,
    }
    body = encode({name: values[name] for name in names if name in values}) if names else None
    return Response(body, error.status, error.headers, "application/json" if names else None)
