"""Batches, jobs, events and logs."""

from __future__ import annotations

import uuid
from typing import Any

from rescalehtc.local import _regions
from rescalehtc.local._auth import USER_ID, WORKSPACE_ID
from rescalehtc.local._clock import iso
from rescalehtc.local._http import Call, Refusal, bad_request, encode
from rescalehtc.local._jobs import (
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
from rescalehtc.local._logs import read_page
from rescalehtc.local._paging import page, page_size, position
from rescalehtc.local._retention import ACTIVE
from rescalehtc.local._routes import operation
from rescalehtc.local._types import JsonObject
from rescalehtc.local._world import TaskRow, World

#: Fields of a batch that only an answer has. What a client sends in them is not looked at.
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
def submit_jobs(world: World, call: Call) -> list[JsonObject]:
    """Every accepted batch is stored before this is answered.

    The image is not asked for, since jobs run as processes. An archived task takes no jobs until it is active again.
    """
    task = world.task(call.param("projectId"), call.param("taskId"))
    if task.lifecycle != ACTIVE:
        raise bad_request(f"The task is {task.lifecycle} and takes no jobs.", f"TASK_{task.lifecycle}")
    requests: list[JsonObject] = call.body
    regions = [_choose_region(world, request) for request in requests]
    for request in requests:
        working_dir: str = request["htcJobDefinition"].get("workingDir") or ""
        if ".." in working_dir.split("/"):
            raise bad_request("workingDir must not lead upwards.", "INVALID_PATH")
    now = world.clock.millis()
    answers = [
        _store_batch(world, task, request, call.query["group"], region, now)
        for request, region in zip(requests, regions, strict=True)
    ]
    world.store.write("UPDATE task SET active = ? WHERE seq = ?", (now, task.seq))
    world.scheduler.submitted(task.project_id)
    return answers


def _choose_region(world: World, request: JsonObject) -> str:
    """The first enabled region that the batch asks for, else one of its provider, else the default.

    Raises:
        Refusal: 400 where no region that it asks for is enabled.
    """
    enabled = _regions.enabled(world.spec)
    provider: str | None = request.get("cloudProvider")
    asked: list[str] = request.get("regions") or enabled
    for region in asked:
        if region in enabled and provider in (None, "UNASSIGNED", _regions.provider_of(region)):
            return region
    raise bad_request("None of the wanted regions and providers is enabled in the workspace.", "REGION_NOT_ENABLED")


def _store_batch(
    world: World, task: TaskRow, request: JsonObject, group: str | None, region: str, now: int
) -> JsonObject:
    batch_id = str(uuid.uuid4())
    answer: JsonObject = {
        **{name: value for name, value in request.items() if name not in _MADE_HERE and name != "regions"},
        "parentJobId": batch_id,
        "projectId": task.project_id,
        "taskId": task.id,
        "workspaceId": WORKSPACE_ID,
        "group": group,
        "createdBy": USER_ID,
        "jobDefinitionName": f"local-{batch_id}",
        "rescaleTimeReceived": iso(now),
    }
    size: int = request.get("batchSize") or 1
    architecture = request["htcJobDefinition"].get("architecture") or host_architecture(world.spec)
    number = make_group(world.store, task.seq, group)
    body = encode(
        {"request": answer, "region": region, "architecture": architecture, "created": now, "group": number}
    ).decode()
    seq = world.store.write(
        "INSERT INTO batch (id, task, project, size, created, body) VALUES (?, ?, ?, ?, ?, ?)",
        (batch_id, task.seq, task.project_id, size, now, body),
    ).lastrowid
    world.store.db.executemany(
        "INSERT INTO job (batch, idx, task, project, grp, status, updated) VALUES (?, ?, ?, ?, ?, 0, ?)",
        [(seq, index, task.seq, task.project_id, number, now) for index in range(size)],
    )
    count_jobs(world.store, [(task.seq, number, 0, size)])
    return answer


def _find(world: World, call: Call) -> tuple[Any, Batch]:
    """The row of the job in the path (`JOB_COLUMNS`), and its batch.

    Raises:
        Refusal: 404 where project, task or job does not exist.
    """
    task = world.task(call.param("projectId"), call.param("taskId"))
    number = _job_number(world, task.seq, call.param("jobId"))
    if number is None:
        raise Refusal(404, "JOB_NOT_FOUND", f"The job {call.param('jobId')[:200]!r} does not exist.")
    row = world.store.row(f"SELECT {JOB_COLUMNS} FROM job WHERE seq = ?", number)
    return row, world.batches.get(row[1])


def _job_number(world: World, task_seq: int, job_id: str) -> int | None:
    batch_id, _, index = job_id.rpartition(":")
    if not index.isascii() or not index.isdigit() or len(index) > 9:
        return None
    row = world.store.row(
        "SELECT job.seq FROM batch JOIN job ON job.batch = batch.seq"
        " WHERE batch.id = ? AND batch.task = ? AND job.idx = ?",
        batch_id,
        task_seq,
        int(index),
    )
    # "007" is not the identifier of any job.
    return None if row is None or str(int(index)) != index else row[0]


@operation("getJob")
def get_job(world: World, call: Call) -> bytes:
    row, batch = _find(world, call)
    return job_json(row, batch).encode("ascii")


@operation("listJobs")
def list_jobs(world: World, call: Call) -> bytes:
    """In the order in which they were submitted."""
    task = world.task(call.param("projectId"), call.param("taskId"))
    size, after = page_size(call), position(call) or 0
    where, values = ["task = ?", "seq > ?"], [task.seq, after]
    if call.query["group"] is not None:
        where.append("grp = ?")
        number = group_number(world.store, task.seq, call.query["group"])
        values.append(-1 if number is None else number)
    if call.query["status"] is not None:
        where.append("status = ?")
        values.append(status_number(call.query["status"]))
    if call.query["jobId"] is not None:
        asked: list[str] = call.query["jobId"]
        numbers = {_job_number(world, task.seq, job_id) for job_id in asked}
        # Integers of our own making, so they may stand in the text; there can be more than SQLite takes as values.
        where.append(f"seq IN ({','.join(str(number) for number in numbers if number is not None)})")
    rows = world.store.rows(
        f"SELECT {JOB_COLUMNS} FROM job WHERE {' AND '.join(where)} ORDER BY seq LIMIT ?", *values, size + 1
    )
    shown = rows[:size]
    simple = call.query["viewType"] == "SIMPLE"
    get = world.batches.get
    items = [job_json(row, get(row[1]), simple) for row in shown]
    return page(call, items, shown[-1][0] if len(rows) > size else None)


@operation("cancelJobs")
def cancel_jobs(world: World, call: Call) -> None:
    """Jobs that run are killed; they are FAILED a moment after the answer."""
    task = world.task(call.param("projectId"), call.param("taskId"))
    world.scheduler.cancel(task.seq, call.query["group"])


@operation("listJobEvents")
def list_job_events(world: World, call: Call) -> bytes:
    """Oldest first."""
    row, batch = _find(world, call)
    size, after = page_size(call), position(call) or 0
    events = read_events(row, batch)
    shown = events[after : after + size]
    more = len(events) > after + size
    return page(call, [encode(event).decode() for event in shown], after + size if more else None)


@operation("listJobLogs")
def list_job_logs(world: World, call: Call) -> bytes:
    row, _ = _find(world, call)
    newest_first = (call.query["sort"] or "desc") != "asc"
    items, last = read_page(world.store, row[0], position(call), page_size(call), newest_first)
    return page(call, items, last)
