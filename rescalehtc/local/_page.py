"""A page for people: projects, tasks, jobs by status, and what a job wrote. Plain HTML that refreshes by itself.

Whoever opens it shows the API key once; a cookie that is good for this server alone keeps it. The page only reads.
"""

from __future__ import annotations

import json
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from rescalehtc.local._clock import iso, iso_or_none
from rescalehtc.local._http import Answer, Refusal
from rescalehtc.local._jobs import FIRST_FINAL, JOB_COLUMNS, Status, read_events, tally
from rescalehtc.local._logs import read_page
from rescalehtc.local._world import World

#: Seconds between two refreshes.
REFRESH = 2
_JOBS_SHOWN = 200
_TASKS_SHOWN = 500
_LINES_SHOWN = 500

_STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8882}
body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:1rem}
h1{font-size:1.3rem;margin:.2rem 0}h2{font-size:1.05rem;margin:1.4rem 0 .4rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600}td.n,th.n{text-align:right}nav,small,.none{opacity:.75}
pre{background:var(--soft);padding:.7rem;overflow-x:auto;border-radius:4px}
.SUCCEEDED{color:#187a2f}.FAILED{color:#c0262d}.RUNNING,.STARTING{color:#1660c4}
@media(prefers-color-scheme:dark){.SUCCEEDED{color:#5cc97a}.FAILED{color:#ff7b80}.RUNNING,.STARTING{color:#79aef5}}
input,button{font:inherit;padding:.3rem .6rem}
"""
_SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def serve(world: World, method: str, raw_path: str, headers: dict[str, str], query: str, body: bytes) -> Answer:
    """One request for a page."""
    if raw_path == "/login" and method == "POST":
        return _log_in(world, body)
    if method not in ("GET", "HEAD"):
        raise Refusal(405, "", "", {"Allow": "GET, HEAD"})
    parts = [unquote(part) for part in raw_path.strip("/").split("/") if part]
    if parts and parts[0] not in ("tasks", "jobs"):
        raise Refusal(404, "NOT_FOUND", f"Nothing is here; the API begins at {world.base_url}.")
    if not _is_known(world, headers):
        return _html(401, "Local HTC server", _LOGIN, refresh=False)
    if not parts:
        return _html(200, "Local HTC server", _overview(world))
    if parts[0] == "tasks" and len(parts) == 2:
        return _html(200, "Task", _task(world, parts[1]))
    if parts[0] == "jobs" and len(parts) == 2:
        return _html(200, "Job", _job(world, parts[1]))
    raise Refusal(404, "NOT_FOUND", "There is no such page.")


# -- who may look -------------------------------------------------------------------------------------------------

_LOGIN = (
    "<p>This page shows projects, tasks and jobs. It opens with the API key that the server has printed.</p>"
    '<form method="post" action="/login"><label>API key <input type="password" name="key" autofocus '
    'autocomplete="current-password" size="50"></label> <button>Open</button></form>'
)


def _cookie_name(world: World) -> str:
    # Cookies are shared by all ports of a host, so that of another server must not be in the way.
    return f"rescalehtc-local-{world.auth.server_id[:12]}"


def _is_known(world: World, headers: dict[str, str]) -> bool:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(_cookie_name(world))
    except CookieError:
        return False
    return cookie is not None and world.auth.signature_fits(f"page {world.auth.api_key}", cookie.value)


def _log_in(world: World, body: bytes) -> Answer:
    key = parse_qs(body.decode("utf-8", "replace")).get("key", [""])[-1].strip()
    if not world.auth.is_api_key(key):
        return _html(401, "Local HTC server", f"<p>That is not the API key.</p>{_LOGIN}", refresh=False)
    value = world.auth.sign(f"page {world.auth.api_key}")
    cookie = f"{_cookie_name(world)}={value}; HttpOnly; SameSite=Strict; Path=/"
    return Answer(303, headers={"Location": "/", "Set-Cookie": cookie})


# -- pages --------------------------------------------------------------------------------------------------------


def _html(status: int, title: str, content: str, *, refresh: bool = True) -> Answer:
    again = f'<meta http-equiv="refresh" content="{REFRESH}">' if refresh else ""
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{again}<title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><style>{_STYLE}</style>'
        f'</head><body><nav><a href="/">Local HTC server</a></nav><h1>{escape(title)}</h1>{content}</body></html>'
    )
    answer = Answer.text(status, text, "text/html; charset=utf-8")
    answer.headers.update(_SECURITY)
    return answer


def _table(head: list[str], rows: list[list[str]], numbers: int = 0) -> str:
    """A table of ready HTML cells; the last `numbers` columns are numbers."""
    kinds = [""] * (len(head) - numbers) + [' class="n"'] * numbers
    top = "".join(f"<th{kind}>{escape(text)}</th>" for text, kind in zip(head, kinds, strict=True))
    lines = ["".join(f"<td{kind}>{cell}</td>" for cell, kind in zip(row, kinds, strict=True)) for row in rows]
    return f"<table><tr>{top}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _counts(rows: list[Any]) -> str:
    shown = [f'<span class="{name}">{name} {count}</span>' for name, count in tally(rows).items() if count]
    return " · ".join(shown) or '<span class="none">no jobs</span>'


def _overview(world: World) -> str:
    store = world.store
    counts: dict[int, list[Any]] = {}
    for task, status, count in store.rows("SELECT task, status, count FROM tally"):
        counts.setdefault(task, []).append((status, count))
    parts = [
        f"<p><small>API at {escape(world.base_url)} · the clock says {iso(world.clock.millis())} · "
        f"{len(world.scheduler.live)} jobs admitted, {world.scheduler.workers} run at a time</small></p>"
    ]
    for project, body in store.rows("SELECT id, body FROM project ORDER BY seq DESC LIMIT 100"):
        shown = json.loads(body)
        tasks = store.rows(
            "SELECT seq, id, body, lifecycle FROM task WHERE project = ? ORDER BY seq DESC LIMIT ?",
            project,
            _TASKS_SHOWN,
        )
        rows = [
            [
                f'<a href="/tasks/{quote(task, safe="")}">{escape(json.loads(text)["taskName"] or task)}</a>',
                escape(lifecycle),
                _counts(counts.get(seq, [])),
            ]
            for seq, task, text, lifecycle in tasks
        ]
        parts.append(f"<h2>{escape(shown['projectName'])} <small>{escape(project)}</small></h2>")
        parts.append(_table(["Task", "State", "Jobs"], rows) if rows else '<p class="none">No tasks yet.</p>')
    return "".join(parts) if len(parts) > 1 else f'{parts[0]}<p class="none">No projects yet.</p>'


def _task(world: World, task_id: str) -> str:
    store = world.store
    task = store.row("SELECT seq, body, lifecycle FROM task WHERE id = ?", task_id)
    if task is None:
        raise Refusal(404, "NOT_FOUND", "There is no such task.")
    seq, body, lifecycle = task
    counts = store.rows("SELECT status, count FROM tally WHERE task = ?", seq)
    jobs = store.rows(f"SELECT {JOB_COLUMNS} FROM job WHERE task = ? ORDER BY seq DESC LIMIT ?", seq, _JOBS_SHOWN)
    rows: list[list[str]] = []
    for job in jobs:
        batch = world.batches.get(job[1])
        name = batch.job_id(job[2])
        status = Status(job[3]).name
        rows.append(
            [
                f'<a href="/jobs/{quote(name, safe="")}">{escape(name)}</a>',
                f'<span class="{status}">{status}</span>',
                escape(batch.group or ""),
                escape(job[9] or ""),
                "" if job[7] is None else str(job[7]),
                _seconds(job[5], job[6] or (None if job[3] >= FIRST_FINAL else world.clock.millis())),
            ]
        )
    head = f"<p>{escape(json.loads(body)['taskName'])} <small>{escape(task_id)} · {escape(lifecycle)}</small></p>"
    table = _table(["Job", "Status", "Group", "Reason", "Exit", "Seconds"], rows, 2) if rows else ""
    return f"{head}<p>{_counts(counts)}</p>{table}"


def _seconds(start: int | None, end: int | None) -> str:
    return "" if start is None or end is None else f"{(end - start) / 1000:.1f}"


def _job(world: World, job_id: str) -> str:
    batch_id, _, index = job_id.rpartition(":")
    row = (
        world.store.row(
            f"SELECT {JOB_COLUMNS} FROM job WHERE batch = (SELECT seq FROM batch WHERE id = ?) AND idx = ?",
            batch_id,
            int(index),
        )
        if index.isascii() and index.isdigit() and len(index) < 10
        else None
    )
    if row is None:
        raise Refusal(404, "NOT_FOUND", "There is no such job.")
    batch = world.batches.get(row[1])
    events = [
        [escape(event["dateTime"]), escape(event["status"]), escape(event["statusReason"] or "")]
        for event in read_events(row, batch)
    ]
    items, _ = read_page(world.store, row[0], None, _LINES_SHOWN, newest_first=True)
    lines = [json.loads(item) for item in reversed(items)]
    log = "\n".join(f"{escape(line['timestamp'])}  {escape(line['message'])}" for line in lines)
    status = Status(row[3]).name
    command = " ".join(batch.definition.get("commands") or []) or "(none)"
    return (
        f'<p>{escape(job_id)} <span class="{status}">{status}</span> '
        f'<small>task <a href="/tasks/{quote(batch.task_id, safe="")}">{escape(batch.task_id)}</a> · started '
        f"{iso_or_none(row[5]) or 'not yet'}</small></p><p><code>{escape(command[:2000])}</code></p>"
        f"<h2>Events</h2>{_table(['Time', 'Status', 'Reason'], events)}"
        f"<h2>Log <small>the last {_LINES_SHOWN} lines</small></h2><pre>{log or '(nothing)'}</pre>"
    )
