"""Tasks, their lifecycle, and the counts of their jobs."""

from __future__ import annotations

import json
import uuid
from collections.abc import Generator
from typing import Any

from starlette.responses import Response

from .._jobs.records import has_unfinished, tally
from .._jobs.retention import ACTIVE, ARCHIVED, DELETED
from .._server_state import ServerState, TaskRow
from .._state.clock import iso, iso_or_none
from .._state.credentials import USER_ID, WORKSPACE_ID
from .._state.files import Files
from .._wire.messages import Call, Steps, bad_request, encode
from .._wire.paging import next_link, page, page_size, position
from .._wire.types import JsonObject
from .registry import operation


def _task_json(
    body: JsonObject, lifecycle: str, created: int, active: int, archived: int | None, deleted: int | None
) -> JsonObject:
    return {
        **body,
        "lifecycleStatus": lifecycle,
        "createdAt": iso(created),
        "lastActiveAt": iso(active),
        "archivedAt": iso_or_none(archived),
        "deletedAt": iso_or_none(deleted),
    }


def _show(task: TaskRow) -> JsonObject:
    return _task_json(task.body, task.lifecycle, task.created, task.active, task.archived, task.deleted)


def _find(state: ServerState, call: Call) -> TaskRow:
    return state.task(call.path["projectId"], call.path["taskId"])


@operation("listTasks")
def list_tasks(state: ServerState, call: Call) -> bytes:
    """Oldest first, deleted ones included."""
    project = call.path["projectId"]
    state.require_project(project)
    size, after = page_size(call), position(call) or 0
    rows = state.store.rows(
        "SELECT seq, body, lifecycle, created, active, archived, deleted FROM task"
        " WHERE project = ? AND seq > ? ORDER BY seq LIMIT ?",
        project,
        after,
        size + 1,
    )
    shown = rows[:size]
    items = [encode(_task_json(json.loads(body), *rest)).decode() for _, body, *rest in shown]
    return page(call, items, shown[-1][0] if len(rows) > size else None)


@operation("createTask")
def create_task(state: ServerState, call: Call) -> JsonObject:
    project = call.path["projectId"]
    state.require_project(project)
    task_id = str(uuid.uuid4())
    now = state.clock.millis()
    body = {
        "taskId": task_id,
        "projectId": project,
        "workspaceId": WORKSPACE_ID,
        "taskName": call.body["taskName"],
        "taskDescription": call.body["taskDescription"],
        "taskFolderPath": Files.task_key(project, task_id),
        "createdBy": USER_ID,
    }
    state.store.write(
        "INSERT INTO task (id, project, body, lifecycle, created, active) VALUES (?, ?, ?, ?, ?, ?)",
        (task_id, project, encode(body).decode(), ACTIVE, now, now),
    )
    return _task_json(body, ACTIVE, now, now, None, None)


@operation("getTask")
def get_task(state: ServerState, call: Call) -> JsonObject:
    return _show(_find(state, call))


@operation("updateTask")
def update_task(state: ServerState, call: Call) -> JsonObject:
    """Archive an active task without unfinished jobs, or bring an archived one back.

    Asking for the task's current state changes nothing. To delete a task, use DELETE.
    """
    task = _find(state, call)
    wanted: str = call.body["lifecycleStatus"]
    now = state.clock.millis()
    if task.lifecycle == DELETED:
        raise bad_request("A deleted task stays deleted.", "TASK_DELETED")
    if wanted == DELETED:
        raise bad_request("Use the method DELETE to delete a task.", "INVALID_LIFECYCLE")
    if wanted == task.lifecycle:
        return _show(task)
    if wanted == ARCHIVED:
        if has_unfinished(state.store, task.seq):
            raise bad_request("A task with unfinished jobs cannot be archived.", "TASK_HAS_UNFINISHED_JOBS")
        task.archived = now
    else:
        # Bringing it back counts as activity; otherwise retention would archive the task again at once.
        task.archived, task.active = None, now
    task.lifecycle = wanted
    state.store.write(
        "UPDATE task SET lifecycle = ?, archived = ?, active = ? WHERE seq = ?",
        (task.lifecycle, task.archived, task.active, task.seq),
    )
    return _show(task)


@operation("deleteTask")
def remove_task(state: ServerState, call: Call) -> Steps:
    """Its unfinished jobs are cancelled and its folder is removed. Deleting it again changes nothing."""
    task = _find(state, call)

    def remove() -> Generator[None]:
        if task.lifecycle != DELETED:
            yield from state.scheduler.cancel(task.seq, None)
            state.retention.delete_task(task.seq, task.project_id, task.id, state.clock.millis())

    return Steps(remove())


@operation("getTaskSummaryStatistics")
def get_task_summary_statistics(state: ServerState, call: Call) -> JsonObject:
    task = _find(state, call)
    rows = state.store.rows("SELECT status, count FROM tally WHERE task = ?", task.seq)
    return {"group": None, "jobStatuses": tally(rows)}


@operation("listGroupSummaryStatistics")
def list_group_summary_statistics(state: ServerState, call: Call) -> bytes:
    """In the order in which the groups were first used. Jobs without a group are counted in no group."""
    task = _find(state, call)
    size, after = page_size(call), position(call) or 0
    names = _groups(state, task.seq)
    wanted: list[str] | None = call.query["group"]
    chosen = [(number, name) for number, name in names if wanted is None or name in wanted]
    rest = [(number, name) for number, name in chosen if number > after]
    counts: dict[int, list[Any]] = {}
    for group, status, count in state.store.rows(
        "SELECT grp, status, count FROM tally WHERE task = ? AND grp > 0", task.seq
    ):
        counts.setdefault(group, []).append((status, count))
    items = [
        encode({"group": name, "jobStatuses": tally(counts.get(number, []))}).decode() for number, name in rest[:size]
    ]
    return page(call, items, rest[size - 1][0] if len(rest) > size else None)


@operation("listGroups")
def list_groups(state: ServerState, call: Call) -> Response:
    """In the order in which they were first used.

    The response is a plain array without a ``next``, so a ``Link`` header leads to the following page, if there is
    one.
    """
    task = _find(state, call)
    size, after = page_size(call), position(call) or 0
    rest = [(number, name) for number, name in _groups(state, task.seq) if number > after]
    headers = {"Link": f'<{next_link(call, rest[size - 1][0])}>; rel="next"'} if len(rest) > size else None
    return Response(encode([name for _, name in rest[:size]]), headers=headers, media_type="application/json")


def _groups(state: ServerState, task_seq: int) -> list[tuple[int, str]]:
    """Each group with its number."""
    return state.store.rows("SELECT seq, name FROM job_group WHERE task = ? ORDER BY seq", task_seq)
