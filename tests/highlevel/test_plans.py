"""A plan gets answers and errors alike from both kinds of session, and both kinds of function are one."""

from __future__ import annotations

import ast
import asyncio
import inspect
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from rescalehtc import _plans, job_logs, results, storage, submission, waiting

MODULES = [submission, waiting, results, job_logs, storage]


def asking(call: Any) -> Any:
    """A plan that survives an error, and asks once more."""
    try:
        return (yield from _plans.ask(call))
    except AssertionError:
        return "survived"


def listing() -> Any:
    from rescalehtc_generated.api.job import list_jobs

    return list_jobs.call("p", "t")


class TestDriving:
    def test_an_error_is_thrown_into_the_plan(self, client: Any) -> None:
        # The listing cannot be sent as a single call to this service, which asserts it.
        assert client.run(asking(listing())) == "survived"

    def test_an_error_that_the_plan_does_not_handle_comes_out(self, client: Any) -> None:
        with pytest.raises(AssertionError, match="listJobs"):
            client.run(_plans.ask(listing()))

    def test_a_scan_ends_when_told(self, client: Any, service: Any) -> None:
        service.jobs = [{"jobUUID": f"b:{index}", "status": "RUNNING"} for index in range(9)]
        seen: list[str] = []

        def visit(job: Any) -> bool:
            seen.append(job.job_uuid)
            return len(seen) == 3

        client.run(_plans.scan(listing(), visit))
        assert seen == ["b:0", "b:1", "b:2"]

    def test_a_bound_reaches_the_listing(self, client: Any, service: Any) -> None:
        service.jobs = [{"jobUUID": f"b:{index}", "status": "RUNNING"} for index in range(9)]
        assert len(client.run(_plans.collect(listing(), 4))) == 4


class TestPausing:
    def test_a_set_event_ends_a_pause_of_a_sync_session(self) -> None:
        stop = threading.Event()
        timer = threading.Timer(0.01, stop.set)
        timer.start()
        _plans.run(None, _plans.pause(3600, stop))  # type: ignore[arg-type]
        timer.join()
        assert stop.is_set()

    async def test_a_set_event_ends_a_pause_of_an_async_session(self) -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_soon(stop.set)
        await _plans.run_async(None, _plans.pause(3600, stop))  # type: ignore[arg-type]
        assert stop.is_set()

    async def test_a_pause_of_an_async_session_ends_by_itself(self) -> None:
        await _plans.run_async(None, _plans.pause(0.001, asyncio.Event()))  # type: ignore[arg-type]
        await _plans.run_async(None, _plans.pause(0.001, threading.Event()))  # type: ignore[arg-type]

    async def test_cancelling_reaches_the_plan(self) -> None:
        noted: list[str] = []

        def plan() -> Any:
            try:
                yield from _plans.pause(3600)
            except asyncio.CancelledError:
                noted.append("cancelled")
                raise

        task = asyncio.create_task(_plans.run_async(None, plan()))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert noted == ["cancelled"]


def pairs() -> list[tuple[Callable[..., Any], Callable[..., Any]]]:
    found: list[tuple[Callable[..., Any], Callable[..., Any]]] = []
    for module in MODULES:
        for name, function in vars(module).items():
            if name.endswith("_async") and function.__module__ == module.__name__:
                found.append((getattr(module, name.removesuffix("_async")), function))
    return found


class _Synchronous(ast.NodeTransformer):
    """Takes everything away that an async function must have in addition."""

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        plain = ast.FunctionDef(**{name: getattr(node, name, None) for name in ast.FunctionDef._fields})
        return self.visit(ast.copy_location(plain, node))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = node.body[1:]  # the docstring
        return self.generic_visit(node)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> ast.AST:
        plain = ast.For(**{name: getattr(node, name, None) for name in ast.For._fields})
        return self.generic_visit(ast.copy_location(plain, node))

    def visit_Await(self, node: ast.Await) -> ast.AST:
        return self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = node.id.removesuffix("_async").removeprefix("Async")
        return node


def normal_form(function: Callable[..., Any]) -> str:
    tree = _Synchronous().visit(ast.parse(inspect.getsource(function)).body[0])
    tree.name = tree.name.removesuffix("_async")
    return ast.unparse(tree)


def test_every_module_offers_both_kinds() -> None:
    names = {sync.__name__ for sync, _ in pairs()}
    assert names >= {"submit", "wait", "iter_results", "get_results", "iter_logs", "get_logs"}


@pytest.mark.parametrize(("sync", "async_"), pairs(), ids=lambda function: function.__name__)
def test_the_two_kinds_are_the_same_but_for_awaiting(sync: Callable[..., Any], async_: Callable[..., Any]) -> None:
    assert normal_form(sync) == normal_form(async_)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_async_function_has_its_sync_twin(module: ModuleType) -> None:
    public: list[str] = module.__all__
    assert {name.removesuffix("_async") for name in public if name.endswith("_async")} <= set(public)
