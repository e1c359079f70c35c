"""The ASGI application: from a request to an operation of the description, and back to bytes."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
from typing import Any, cast
from urllib.parse import parse_qsl

from rescalehtc.local import _control, _page, _transfer
from rescalehtc.local._asgi import ClientGone, Receive, Scope, Send, cut, read_body, send_answer, start_message
from rescalehtc.local._faults import Fault, error_answer, spoil
from rescalehtc.local._handlers import load_handlers
from rescalehtc.local._http import Answer, Call, Refusal, bad_request, decode, encode
from rescalehtc.local._routes import Route, Router
from rescalehtc.local._spec import Operation, Parameter, first_problem
from rescalehtc.local._types import Json, JsonObject
from rescalehtc.local._world import World

#: Largest body of an API request in bytes. A hundred batches with long command lines fit.
MAX_BODY = 32 * 1024 * 1024

_HOST = re.compile(r"[A-Za-z0-9._\-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")
_log = logging.getLogger("rescalehtc.local")


class App:
    """One server's application.

    Args:
        check_answers: hold every answer against the description, and answer 500 where it does not fit.
    """

    def __init__(self, world: World, *, check_answers: bool = False) -> None:
        self._world = world
        self._spec = world.spec
        self._check_answers = check_answers
        load_handlers()
        self._router = Router(world.spec)
        world.faults.known = frozenset(world.spec.operations)
        self._readers = {op.id: _Readers(op) for op in world.spec.operations.values()}
        self._prefix = world.spec.base_path + "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        raw_path = cast(bytes, scope["raw_path"]).decode("latin-1")
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        query = cast(bytes, scope["query_string"]).decode("latin-1")
        try:
            if raw_path.startswith(self._prefix):
                await self._serve_api(scope, raw_path, headers, query, receive, send)
            else:
                await self._serve_rest(scope, raw_path, headers, query, receive, send)
        except ClientGone:
            return

    async def _serve_rest(
        self, scope: Scope, raw_path: str, headers: dict[str, str], query: str, receive: Receive, send: Send
    ) -> None:
        """What is not the API of the service but the local server's own."""
        method: str = scope["method"]
        try:
            if raw_path.startswith(_transfer.PREFIX):
                await _transfer.serve(self._world, method, raw_path, headers, query, receive, send)
                return
            body = await read_body(receive, headers, MAX_BODY)
            self._settle()
            if raw_path.startswith(_control.PREFIX):
                answer = _control.serve(self._world, method, raw_path, headers, body)
            else:
                answer = _page.serve(self._world, method, raw_path, headers, query, body)
            self._world.store.commit()
        except Refusal as refusal:
            self._world.store.rollback()
            answer = _refusal_answer(None, refusal)
        except ClientGone:
            raise
        except Exception as error:
            answer = self._failed(error)
        await send_answer(answer, send, head=method == "HEAD")

    async def _serve_api(
        self, scope: Scope, raw_path: str, headers: dict[str, str], query: str, receive: Receive, send: Send
    ) -> None:
        method: str = scope["method"]
        found = self._router.find(raw_path[len(self._prefix) :])
        route = found[0].get(method) if found else None
        try:
            body = await read_body(receive, headers, MAX_BODY)
        except Refusal as refusal:
            await send_answer(_refusal_answer(route.operation if route else None, refusal), send)
            return
        if found is None:
            await send_answer(_refusal_answer(None, Refusal(404, "NOT_FOUND", "There is no such route.")), send)
            return
        if route is None:
            allowed = ", ".join(sorted(found[0]))
            await send_answer(_refusal_answer(None, Refusal(405, "", "", {"Allow": allowed})), send)
            return
        target = raw_path + (f"?{query}" if query else "")
        call = Call(
            operation=route.operation,
            path={},
            query={},
            body=None,
            raw_body=body,
            headers=headers,
            caller=None,
            origin=self._origin(headers),
            target=target,
            raw_query=parse_qsl(query, keep_blank_values=True),
        )
        faults = self._world.faults.take(route.operation.id)
        if not faults:
            await send_answer(self._answer(route, found[1], call), send)
        else:
            await self._serve_faulty(faults, route, found[1], call, scope, receive, send)

    def _origin(self, headers: dict[str, str]) -> str:
        host = headers.get("host", "")
        if _HOST.fullmatch(host):
            return f"http://{host}"
        return self._world.base_url.removesuffix(self._spec.base_path)

    def _settle(self) -> None:
        """Write and commit what happened since the last request, so that no answer tells of what could get lost."""
        self._world.scheduler.flush()
        if self._world.store.db.in_transaction:
            self._world.store.commit()

    def _answer(self, route: Route, values: list[str], call: Call) -> Answer:
        """Execute one request: one transaction, committed before anything is answered."""
        store = self._world.store
        try:
            self._settle()
            try:
                self._read_request(route, values, call)
                answer = _to_answer(route.operation, route.handler(self._world, call))
                answer.headers.update(call.answer_headers)
            except Refusal as refusal:
                store.rollback()
                answer = _refusal_answer(route.operation, refusal)
            if self._check_answers:
                self._hold_to_description(route.operation, answer)
            if store.db.in_transaction:
                store.commit()
            return answer
        except Exception as error:
            return self._failed(error)

    def _failed(self, error: Exception) -> Answer:
        """An error of this server, not of the request. Nothing of it is kept."""
        self._world.store.rollback()
        _log.exception("the local server failed")
        text = "The database is full or broken." if isinstance(error, sqlite3.Error) else "See the server's log."
        return _refusal_answer(None, Refusal(500, "INTERNAL_ERROR", text))

    def _hold_to_description(self, operation: Operation, answer: Answer) -> None:
        problem = self._spec.answer_problem(operation, answer.status, answer.content_type, answer.body)
        if problem is not None:
            raise AssertionError(f"{operation.id} answered {answer.status}: {problem}")

    def _read_request(self, route: Route, values: list[str], call: Call) -> None:
        op = route.operation
        readers = self._readers[op.id]
        call.caller = self._world.auth.authenticate(op, call.headers.get("authorization"))
        for name, value in zip(route.names, values, strict=True):
            call.path[name] = _read(readers.path[name], [value]) if name in readers.path else value
        self._world.auth.authorize(call)
        sent: dict[str, list[str]] = {}
        for name, value in call.raw_query:
            sent.setdefault(name, []).append(value)
        for name, parameter in readers.query.items():
            if name in sent:
                call.query[name] = _read(parameter, sent[name])
            elif parameter.required:
                raise bad_request(f"The query parameter {name} is required.")
            else:
                call.query[name] = parameter.default
        if op.body is not None:
            if call.raw_body:
                try:
                    call.body = decode(call.raw_body)
                except ValueError as error:
                    raise bad_request(f"The body is not JSON: {error}", "INVALID_JSON") from None
                problem = first_problem(op.body, call.body)
                if problem is not None:
                    raise bad_request(problem, "VALIDATION_ERROR")
            elif op.body_required:
                raise bad_request("A JSON body is required.")

    async def _serve_faulty(
        self,
        faults: list[Fault],
        route: Route,
        values: list[str],
        call: Call,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        delay = sum(fault.seconds for fault in faults if fault.kind == "delay")
        if delay:
            await asyncio.sleep(delay)
        fault = next((fault for fault in faults if fault.kind != "delay"), None)
        if fault is not None and fault.kind == "cut_before":
            await cut(scope, receive)
            return
        answer = None if fault is not None and fault.instead else self._answer(route, values, call)
        if fault is None:
            assert answer is not None
        elif fault.kind in ("status", "html"):
            described = _refusal_answer(
                route.operation, Refusal(fault.status, "FAULT_ON_DEMAND", "Asked for by a fault of the local server.")
            )
            answer = error_answer(fault, described)
        elif fault.kind == "cut_after_execution":
            await cut(scope, receive)
            return
        else:
            assert answer is not None
            if fault.kind == "cut_during":
                await send(start_message(answer, len(answer.body) + 1))
                await send(
                    {"type": "http.response.body", "body": answer.body[: len(answer.body) // 2], "more_body": True}
                )
                await cut(scope, receive)
                return
            if answer.status < 400:
                answer = spoil(fault, answer, call, self._spec)
        await send_answer(answer, send)


class _Readers:
    """The parameters of an operation that need reading, by place."""

    def __init__(self, operation: Operation) -> None:
        self.path: dict[str, Parameter] = {}
        self.query: dict[str, Parameter] = {}
        for parameter in operation.parameters:
            if parameter.place == "query":
                self.query[parameter.name] = parameter
            elif parameter.place == "path" and (parameter.kind != "string" or parameter.validator is not None):
                self.path[parameter.name] = parameter


def _read(parameter: Parameter, texts: list[str]) -> Json:
    try:
        return parameter.read(texts)
    except ValueError as error:
        raise bad_request(f"{parameter.name}: {error}", "VALIDATION_ERROR") from None


def _to_answer(operation: Operation, result: Any) -> Answer:
    if isinstance(result, Answer):
        return result
    if result is None:
        return Answer(operation.success)
    if isinstance(result, bytes):
        return Answer(operation.success, result, "application/json")
    if isinstance(result, str):
        return Answer.text(operation.success, result)
    return Answer(operation.success, encode(result), "application/json")


def _refusal_answer(operation: Operation | None, refusal: Refusal) -> Answer:
    """An error in the shape that the description gives for the operation, or else in that of its kind."""
    if operation is not None and refusal.status in operation.errors:
        names = operation.errors[refusal.status]
    elif refusal.status in (401, 403, 405):
        names = []
    elif refusal.status == 400:
        names = ["errorType", "errorDescription", "message"]
    else:
        names = ["error", "errorDescription"]
    values: JsonObject = {
        "error": refusal.code,
        "errorType": refusal.code,
        "errorDescription": refusal.description,
        "message": None if "errorDescription" in names else refusal.description,
    }
    answer = Answer(refusal.status, headers=dict(refusal.headers))
    if names:
        answer.body = encode({name: values[name] for name in names if name in values})
        answer.content_type = "application/json"
    return answer
