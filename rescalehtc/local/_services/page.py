"""The server's web page: projects, tasks, jobs, logs, images, the request log, faults and the clock. It is read-only.

You enter the API key once; a cookie that is valid for this server alone keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from http.cookies import CookieError, SimpleCookie
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from .._jobs.logs import read_page
from .._jobs.records import FIRST_FINAL, JOB_COLUMNS, Status, read_events, status_number, tally
from .._server_state import ServerState
from .._state.clock import iso, iso_or_none
from .._wire.exchange import read_body
from .._wire.messages import ApiError
from .._wire.types import JsonObject

#: Seconds between two refreshes.
REFRESH = 2
_JOBS_SHOWN = 100
_TASKS_SHOWN = 500
_LINES_SHOWN = 500
_REQUESTS_SHOWN = 200
_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@cache
def _templates() -> Environment:
    loader = PackageLoader("rescalehtc.local._services")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def routes(state: ServerState) -> list[Route]:
    def shown(path: str, template: str, read: Callable[[ServerState, Request], JsonObject]) -> Route:
        async def serve(request: Request) -> Response:
            if not _is_logged_in(state, request):
                return _render("login.html", 401, wrong=False)
            with state.transaction():
                values = read(state, request)
            return _render(template, 200, refresh=REFRESH, **values)

        return Route(path, serve)

    async def log_in(request: Request) -> Response:
        form = parse_qs((await read_body(request, 10_000)).decode("utf-8", "replace"))
        if not state.credentials.is_api_key(form.get("key", [""])[-1].strip()):
            return _render("login.html", 401, wrong=True)
        response = RedirectResponse("/", 303)
        value = state.credentials.sign(f"page {state.credentials.api_key}")
        response.set_cookie(_cookie_name(state), value, httponly=True, samesite="strict")
        return response

    return [
        Route("/login", log_in, methods=["POST"]),
        shown("/", "overview.html", _overview),
        shown("/tasks/{task_id}", "task.html", _task),
        shown("/jobs/{job_id}", "job.html", _job),
        shown("/requests", "requests.html", _requests),
    ]


def _render(template: str, status: int, /, **values: Any) -> Response:
    values = {"refresh": None, **values}
    return HTMLResponse(_templates().get_template(template).render(values), status, _SECURITY)


def _cookie_name(state: ServerState) -> str:
    # All ports of a host share their cookies, so each server needs a name of its own.
    return f"rescalehtc-local-{state.credentials.server_id[:12]}"


def _is_logged_in(state: ServerState, request: Request) -> bool:
    try:
        cookie = SimpleCookie(request.headers.get("cookie", "")).get(_cookie_name(state))
    except CookieError:
        return False
    return cookie is not None and state.credentials.signature_fits(f"page {state.credentials.api_key}", cookie.value)


# -- what the pages show ------------------------------------------------------------------------------------------


def _overview(state: ServerState, request: Request) -> JsonObject:
    store = state.store
    counts: dict[int, list[Any]] = {}
    for task, status, count in store.rows("SELECT task, status, sum(count) FROM tally GROUP BY task, status"):
        counts.setdefault(task, []).append((status, count))
    now = state.clock.millis()
    projects: list[JsonObject] = []
    for project, body in store.rows("SELECT id, body FROM project ORDER BY seq DESC LIMIT 100"):
        tasks = store.rows(
            "SELECT seq, id, body, lifecycle FROM task WHERE project = ? ORDER BY seq DESC LIMIT ?",
            project,
            _TASKS_SHOWN,
        )
        projects.append(
            {
                "id": project,
                "name": json.loads(body)["projectName"],
                "images": [
                    (name, "READY" if now >= ready else "PENDING")
                    for name, ready in store.rows(
                        "SELECT name, ready FROM image WHERE project = ? ORDER BY name", project
                    )
                ],
                "tasks": [
                    {
                        "id": task,
                        "name": json.loads(text)["taskName"] or task,
                        "lifecycle": lifecycle,
                        "counts": tally(counts.get(seq, [])),
                    }
                    for seq, task, text, lifecycle in tasks
                ],
            }
        )
    return {
        "projects": projects,
        "url": state.base_url,
        "clock": iso(now),
        "offset": state.clock.offset,
        "speed": state.clock.speed,
        "live": len(state.scheduler.live),
        "workers": state.scheduler.workers,
        "faults": state.faults.waiting(),
        "request_count": state.requests.total,
    }


def _task(state: ServerState, request: Request) -> JsonObject:
    store = state.store
    task_id: str = request.path_params["task_id"]
    task = store.row("SELECT seq, body, lifecycle FROM task WHERE id = ?", task_id)
    if task is None:
        raise ApiError(404, "NOT_FOUND", "There is no such task.")
    seq, body, lifecycle = task
    group, status = request.query_params.get("group", ""), request.query_params.get("status", "")
    number = request.query_params.get("page", "1")
    page = max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 8 else 1
    where, values = "task = ?", [seq]
    if group:
        where += " AND grp = (SELECT seq FROM job_group WHERE task = ? AND name = ?)"
        values += [seq, group]
    counts = tally(store.rows(f"SELECT status, sum(count) FROM tally WHERE {where} GROUP BY status", *values))
    total = counts.get(status, 0) if status else sum(counts.values())
    skip, rows = (page - 1) * _JOBS_SHOWN, list[Any]()
    # Failed jobs first, then the others, each newest first.
    failed = counts[Status.FAILED.name] if not status else 0
    parts: list[tuple[str, list[int], int]] = [("status = 6", [], failed), ("status != 6", [], total - failed)]
    if status:
        parts = [("status = ?", [status_number(status)], total)]
    visible = state.batches.visible
    for condition, more, count in parts:
        rows += store.rows(
            f"SELECT {JOB_COLUMNS} FROM job WHERE {where} AND {condition} AND {visible}"
            " ORDER BY seq DESC LIMIT ? OFFSET ?",
            *values,
            *more,
            _JOBS_SHOWN - len(rows),
            skip,
        )
        skip = max(0, skip - count)

    def link(**changes: Any) -> str:
        wanted = {"status": status, "group": group, **changes}
        return "?" + urlencode({name: value for name, value in wanted.items() if value})

    return {
        "id": task_id,
        "name": json.loads(body)["taskName"],
        "lifecycle": lifecycle,
        "counts": counts,
        "status": status,
        "group": group,
        "groups": [name for (name,) in store.rows("SELECT name FROM job_group WHERE task = ? LIMIT 50", seq)],
        "jobs": [_shown_job(state, row) for row in rows],
        "page": page,
        "pages": max(1, -(-total // _JOBS_SHOWN)),
        "link": link,
    }


def _shown_job(state: ServerState, row: Any) -> JsonObject:
    batch = state.batches.get(row[1])
    end = row[6] or (None if row[3] >= FIRST_FINAL else state.clock.millis())
    return {
        "id": batch.job_id(row[2]),
        "status": Status(row[3]).name,
        "group": batch.group or "",
        "reason": row[9] or "",
        "exit_code": "" if row[7] is None else row[7],
        "seconds": "" if row[5] is None or end is None else f"{(end - row[5]) / 1000:.1f}",
        "started": iso_or_none(row[5]) or "not yet",
        "task_id": batch.task_id,
        "command": (" ".join(batch.definition.get("commands") or []) or "(none)")[:2000],
    }


def _job(state: ServerState, request: Request) -> JsonObject:
    batch_id, _, index = str(request.path_params["job_id"]).rpartition(":")
    row = (
        state.store.row(
            f"SELECT {JOB_COLUMNS} FROM job WHERE batch = (SELECT seq FROM batch WHERE id = ?) AND idx = ?",
            batch_id,
            int(index),
        )
        if index.isascii() and index.isdigit() and len(index) < 10
        else None
    )
    if row is None:
        raise ApiError(404, "NOT_FOUND", "There is no such job.")
    items, older = read_page(state.store, row[0], None, _LINES_SHOWN, newest_first=True)
    return {
        "job": _shown_job(state, row),
        "events": read_events(row, state.batches.get(row[1])),
        "lines": [json.loads(item) for item in items],
        "cut": older is not None,
    }


def _requests(state: ServerState, request: Request) -> JsonObject:
    newest = reversed([*state.requests])
    records = [(iso(int(record.at * 1000)), record) for record in islice(newest, _REQUESTS_SHOWN)]
    return {"records": records, "total": state.requests.total}
