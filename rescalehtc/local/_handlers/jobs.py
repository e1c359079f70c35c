"""Batches, jobs, events and logs."""

from __future__ import annotations

import uuid
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from .._jobs.logs import read_page
from .._jobs.records import (
    JOB_COLUMNS,
    Batch,
    count_jobs,
    group_number,
    host_architecture,
    job_json,
    make_group,
    read_events,
    status_number,
)
from .._jobs.retention import ACTIVE
from .._server_state import ServerState, TaskRow
from .._state.clock import iso
from .._state.credentials import USER_ID, WORKSPACE_ID
from .._wire import regions
from .._wire.messages import ApiError, Call, Steps, bad_request, encode
from .._wire.paging import page, page_size, position
from .._wire.types import JsonObject
from .images import is_ready
from .registry import operation

#: Number of jobs that are stored before other requests get their turn.
_JOBS_PER_STEP = 1000
#: Largest page of jobs. A larger one would keep other requests waiting for a tenth of a second and more.
_JOBS_PER_PAGE = 2000
#: Fields of a batch that only a response has. What a client sends in them is ignored.
_MADE_HERE = (
    "createdBy",
    "group",
    "jobDefinitionName",
    "parentJobId",
    "projectId",
    "rescaleTimeReceived",
    "taskId",
    "workspaceId",
)


@operation("submitJobs")
def submit_jobs(state: ServerState, call: Call) -> Steps:
    """Every accepted batch is stored before the response.

    An archived task accepts no jobs until it is active again.
    """
    task = state.task(call.path["projectId"], call.path["taskId"])
    if task.lifecycle != ACTIVE:
        raise bad_request(f"The task is {task.lifecycle} and accepts no jobs.", f"TASK_{task.lifecycle}")
    project = state.project(task.project_id)
    requests: list[JsonObject] = call.body
    chosen = [_choose_region(state, project, request) for request in requests]
    for request in requests:
        definition: JsonObject = request["htcJobDefinition"]
        working_dir: str = definition.get("workingDir") or ""
        if ".." in working_dir.split("/"):
            raise bad_request("workingDir must not lead to a parent folder.", "INVALID_PATH")
        if state.options.require_images and not is_ready(state, task.project_id, definition["imageName"]):
            raise bad_request(f"The image {definition['imageName'][:200]!r} is not READY.", "IMAGE_UNAVAILABLE")
    now = state.clock.millis()
    batches = [
        _make_batch(state, task, request, call.query["group"], region, now)
        for request, region in zip(requests, chosen, strict=True)
    ]
    return Steps(_store(state, task, batches, now))


def _store(
    state: ServerState, task: TaskRow, batches: list[_NewBatch], now: int
) -> Generator[None, None, list[JsonObject]]:
    """Store the jobs of the batches, a part at a time, and then the batches, which makes the jobs visible."""
    store = state.store
    group: str | None = next((batch.answer["group"] for batch in batches), None)
    number = make_group(store, task.seq, group or None)
    try:
        left = _JOBS_PER_STEP
        for batch in batches:
            for first in range(0, batch.size, _JOBS_PER_STEP):
                indices = range(first, min(first + _JOBS_PER_STEP, batch.size))
                store.db.executemany(
                    "INSERT INTO job (batch, idx, task, project, grp, status, updated) VALUES (?, ?, ?, ?, ?, 0, ?)",
                    [(batch.seq, index, task.seq, task.project_id, number, batch.created) for index in indices],
                )
                left -= len(indices)
                if left <= 0:
                    left = _JOBS_PER_STEP
                    yield
        for batch in batches:
            body = encode({**batch.body, "group": number}).decode()
            store.write(
                "INSERT INTO batch (seq, id, task, project, size, created, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (batch.seq, batch.answer["parentJobId"], task.seq, task.project_id, batch.size, batch.created, body),
            )
        count_jobs(store, [(task.seq, number, 0, sum(batch.size for batch in batches))])
        store.write("UPDATE task SET active = ? WHERE seq = ?", (now, task.seq))
    except BaseException:
        store.rollback()
        # If that fails too, as with a full disk, the jobs stay hidden, and the next start removes them.
        for batch in batches:
            store.write("DELETE FROM job WHERE batch = ?", (batch.seq,))
        store.commit()
        raise

    def show() -> None:
        for batch in batches:
            state.batches.show(batch.seq)
            state.scheduler.submitted(task.project_id, batch.seq)

    store.once_committed(show)
    return [batch.answer for batch in batches]


def _choose_region(state: ServerState, project: JsonObject, request: JsonObject) -> str:
    """The first region of the project that the batch asks for, or that belongs to its provider; else the default.

    Raises:
        ApiError: 400 if the project has no region that it asks for.
    """
    of_project = regions.of_project(state.spec, project)
    provider: str | None = request.get("cloudProvider")
    asked: list[str] = request.get("regions") or of_project
    for region in asked:
        if region in of_project and provider in (None, "UNASSIGNED", regions.provider_of(region)):
            return region
    raise bad_request(
        f"The project has none of the requested regions and providers; it has {', '.join(of_project)}.",
        "REGION_NOT_ENABLED",
    )


@dataclass(slots=True)
class _NewBatch:
    seq: int
    size: int
    created: int
    answer: JsonObject
    body: JsonObject


def _make_batch(
    state: ServerState, task: TaskRow, request: JsonObject, group: str | None, region: str, now: int
) -> _NewBatch:
    batch_id = str(uuid.uuid4())
    answer: JsonObject = {
        **{name: value for name, value in request.items() if name not in _MADE_HERE and name != "regions"},
        "parentJobId": batch_id,
        "projectId": task.project_id,
        "taskId": task.id,
        "workspaceId": WORKSPACE_ID,
        # Always a string: known clients do not accept null here.
        "group": group or "",
        "createdBy": USER_ID,
        "jobDefinitionName": f"local-{batch_id}",
        "rescaleTimeReceived": iso(now),
    }
    architecture = request["htcJobDefinition"].get("architecture") or host_architecture(state.spec)
    body = {"request": answer, "region": region, "architecture": architecture, "created": now}
    return _NewBatch(state.batches.reserve(), request.get("batchSize") or 1, now, answer, body)


def _find(state: ServerState, call: Call) -> tuple[Any, Batch]:
    """The row of the job in the path (``JOB_COLUMNS``), and its batch.

    Raises:
        ApiError: 404 if project, task or job does not exist.
    """
    task = state.task(call.path["projectId"], call.path["taskId"])
    job_id: str = call.path["jobId"]
    number = _job_number(state, task.seq, job_id)
    if number is None:
        raise ApiError(404, "JOB_NOT_FOUND", f"The job {job_id[:200]!r} does not exist.")
    row = state.store.row(f"SELECT {JOB_COLUMNS} FROM job WHERE seq = ?", number)
    return row, state.batches.get(row[1])


def _job_number(state: ServerState, task_seq: int, job_id: str) -> int | None:
    batch_id, _, index = job_id.rpartition(":")
    if not index.isascii() or not index.isdigit() or len(index) > 9:
        return None
    row = state.store.row(
        "SELECT job.seq FROM batch JOIN job ON job.batch = batch.seq"
        " WHERE batch.id = ? AND batch.task = ? AND job.idx = ?",
        batch_id,
        task_seq,
        int(index),
    )
    # "007" is not the identifier of any job.
    return None if row is None or str(int(index)) != index else row[0]


@operation("getJob")
def get_job(state: ServerState, call: Call) -> bytes:
    row, batch = _find(state, call)
    return job_json(row, batch).encode("ascii")


@operation("listJobs")
def list_jobs(state: ServerState, call: Call) -> bytes:
    """In the order in which they were submitted."""
    task = state.task(call.path["projectId"], call.path["taskId"])
    size, after = min(page_size(call), _JOBS_PER_PAGE), position(call) or 0
    where, values = ["task = ?", "seq > ?", state.batches.visible], [task.seq, after]
    if call.query["group"]:
        where.append("grp = ?")
        number = group_number(state.store, task.seq, call.query["group"])
        values.append(-1 if number is None else number)
    if call.query["status"] is not None:
        where.append("status = ?")
        values.append(status_number(call.query["status"]))
    if call.query["jobId"] is not None:
        asked: list[str] = call.query["jobId"]
        numbers = {_job_number(state, task.seq, job_id) for job_id in asked}
        # Our own integers, so they may be part of the SQL; there can be more than SQLite takes as values.
        where.append(f"seq IN ({','.join(str(number) for number in numbers if number is not None)})")
    rows = state.store.rows(
        f"SELECT {JOB_COLUMNS} FROM job WHERE {' AND '.join(where)} ORDER BY seq LIMIT ?", *values, size + 1
    )
    shown = rows[:size]
    simple = call.query["viewType"] == "SIMPLE"
    get = state.batches.get
    items = [job_json(row, get(row[1]), simple) for row in shown]
    return page(call, items, shown[-1][0] if len(rows) > size else None)


@operation("cancelJobs")
def cancel_jobs(state: ServerState, call: Call) -> Steps:
    """Running jobs are killed; they are FAILED a moment after the response."""
    task = state.task(call.path["projectId"], call.path["taskId"])
    return Steps(state.scheduler.cancel(task.seq, call.query["group"] or None))


@operation("listJobEvents")
def list_job_events(state: ServerState, call: Call) -> bytes:
    """Oldest first."""
    row, batch = _find(state, call)
    size, after = page_size(call), position(call) or 0
    events = read_events(row, batch)
    shown = events[after : after + size]
    more = len(events) > after + size
    return page(call, [encode(event).decode() for event in shown], after + size if more else None)


@operation("listJobLogs")
def list_job_logs(state: ServerState, call: Call) -> bytes:
    row, _ = _find(state, call)
    newest_first = (call.query["sort"] or "desc") != "asc"
    items, last = read_page(state.store, row[0], position(call), page_size(call), newest_first)
    return page(call, items, last)
