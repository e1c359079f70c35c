"""Lifecycle of tasks, and what retention policies do to them as time passes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

pytestmark = pytest.mark.slow

HOUR = 3600
WORKSPACE = "htc/workspaces/local/task-retention-policy"


def lifecycle(htc: Any, task: str) -> str:
    return htc.get(task)["lifecycleStatus"]


def patch(htc: Any, task: str, status: str, expected: int | None = None) -> Any:
    return htc.call("PATCH", task, expected, json={"lifecycleStatus": status}).json()


def policy(archive: int, delete: int) -> dict[str, Any]:
    return {"json": {"archiveAfter": archive, "deleteAfter": delete}}


def moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def test_a_task_is_archived_brought_back_and_deleted(htc: Any) -> None:
    task = htc.task()
    made = htc.get(task)
    assert (made["lifecycleStatus"], made["archivedAt"], made["deletedAt"]) == ("ACTIVE", None, None)
    archived = patch(htc, task, "ARCHIVED")
    assert archived["lifecycleStatus"] == "ARCHIVED"
    assert archived["archivedAt"]
    assert patch(htc, task, "ARCHIVED") == archived == htc.get(task)
    assert patch(htc, task, "ACTIVE")["archivedAt"] is None
    patch(htc, task, "DELETED", 400)
    patch(htc, task, "SOMETHING", 400)
    assert htc.call("DELETE", task, 200).content == b""
    gone = htc.get(task)
    assert gone["lifecycleStatus"] == "DELETED"
    assert gone["deletedAt"]
    for status in ("ACTIVE", "ARCHIVED"):
        patch(htc, task, status, 400)
    htc.call("DELETE", task, 200)
    assert htc.get(task) == gone


def test_only_a_task_without_unfinished_jobs_can_be_archived(htc: Any) -> None:
    task = htc.task()
    htc.submit(task, "sleep", "600")
    answer = patch(htc, task, "ARCHIVED", 400)
    assert answer["errorType"]
    htc.post(f"{task}/jobs/cancel")
    htc.finish(task)
    patch(htc, task, "ARCHIVED")


@pytest.mark.parametrize("status", ["ARCHIVED", "DELETED"])
def test_submitting_to_a_task_that_is_not_active_is_refused(htc: Any, status: str) -> None:
    task = htc.task()
    if status == "DELETED":
        htc.call("DELETE", task)
    else:
        patch(htc, task, status)
    batch = [{"htcJobDefinition": {"imageName": "x"}}]
    assert htc.call("POST", f"{task}/jobs/batch", 400, json=batch).json()["errorType"]
    assert htc.all(f"{task}/jobs") == []


def test_deleting_a_task_ends_its_jobs_and_removes_its_files(htc: Any) -> None:
    task = htc.task()
    htc.submit(task, "sh", "-c", "touch $TASK_SHARED_FOLDER/file; echo ready; sleep 600", size=3)
    htc.until(lambda: any(htc.log(job) for job in htc.all(f"{task}/jobs")))
    folder = htc.server.folder / "storage" / htc.get(task)["taskFolderPath"]
    assert (folder / "file").exists()
    htc.call("DELETE", task)
    assert {job["status"] for job in htc.finish(task)} == {"FAILED"}
    assert not (folder / "file").exists()


def test_policies_come_and_go(htc: Any) -> None:
    project = htc.project()
    path = f"{project}/task-retention-policy"
    htc.call("GET", path, 404)
    assert htc.get(WORKSPACE)["archiveAfter"] == 0
    made = htc.call("PUT", path, 201, **policy(3, 4)).json()
    assert (made["archiveAfter"], made["deleteAfter"]) == (3, 4)
    assert htc.get(path) == made
    htc.call("PUT", path, 400, **policy(-1, 4))
    htc.call("PUT", path, 400, json={"archiveAfter": 1})
    assert htc.call("DELETE", path, 204).content == b""
    htc.call("GET", path, 404)
    htc.call("PUT", WORKSPACE, 201, **policy(5, 6))
    assert htc.get(WORKSPACE)["deleteAfter"] == 6


def relogin(htc: Any) -> None:
    """After a move of the clock that outlasts the bearer token."""
    answer = htc.http.get("auth/token", headers={"Authorization": f"Token {htc.server.api_key}"})
    htc.http.headers["Authorization"] = f"Bearer {answer.json()['tokenValue']}"


def advance(htc: Any, hours: float) -> None:
    htc.server.clock.advance(hours * HOUR)
    relogin(htc)


def test_an_idle_task_is_archived_and_later_deleted(htc: Any) -> None:
    project = htc.project()
    htc.call("PUT", f"{project}/task-retention-policy", **policy(2, 3))
    idle, busy = htc.task(project), htc.task(project)
    htc.submit(busy, "sleep", "600")
    htc.until(lambda: htc.counts(busy)["RUNNING"])
    advance(htc, 1.9)
    assert lifecycle(htc, idle) == "ACTIVE"
    advance(htc, 0.2)
    assert lifecycle(htc, idle) == "ARCHIVED"
    assert lifecycle(htc, busy) == "ACTIVE"
    shown = htc.get(idle)
    assert moment(shown["archivedAt"]) - moment(shown["lastActiveAt"]) == pytest.approx(2 * HOUR)
    advance(htc, 2.8)
    assert lifecycle(htc, idle) == "ARCHIVED"
    advance(htc, 0.2)
    assert lifecycle(htc, idle) == "DELETED"
    htc.post(f"{busy}/jobs/cancel")
    htc.finish(busy)
    advance(htc, 2.1)
    assert lifecycle(htc, busy) == "ARCHIVED"


def test_one_long_move_of_the_clock_does_what_many_short_ones_do(htc: Any) -> None:
    project = htc.project()
    htc.call("PUT", f"{project}/task-retention-policy", **policy(2, 3))
    task = htc.task(project)
    advance(htc, 100)
    shown = htc.get(task)
    assert shown["lifecycleStatus"] == "DELETED"
    assert moment(shown["deletedAt"]) - moment(shown["lastActiveAt"]) == pytest.approx(5 * HOUR)


def test_submitting_and_bringing_back_count_as_activity(htc: Any) -> None:
    project = htc.project()
    htc.call("PUT", f"{project}/task-retention-policy", **policy(2, 0))
    task = htc.task(project)
    advance(htc, 1.5)
    htc.submit(task, "true")
    htc.finish(task)
    advance(htc, 1.5)
    assert lifecycle(htc, task) == "ACTIVE"
    advance(htc, 1)
    assert lifecycle(htc, task) == "ARCHIVED"
    patch(htc, task, "ACTIVE")
    advance(htc, 1)
    assert lifecycle(htc, task) == "ACTIVE"
    advance(htc, 2000)
    assert lifecycle(htc, task) == "ARCHIVED"


def test_a_policy_of_the_project_overrides_that_of_the_workspace(htc: Any) -> None:
    own, general = htc.project(), htc.project()
    htc.call("PUT", WORKSPACE, **policy(2, 2))
    htc.call("PUT", f"{own}/task-retention-policy", **policy(0, 0))
    kept, gone = htc.task(own), htc.task(general)
    advance(htc, 50)
    assert (lifecycle(htc, kept), lifecycle(htc, gone)) == ("ACTIVE", "DELETED")
    htc.call("DELETE", f"{own}/task-retention-policy")
    advance(htc, 0)
    assert lifecycle(htc, kept) == "DELETED"


def test_jobs_are_deleted_sixty_days_after_they_ended(htc: Any) -> None:
    task = htc.task()
    htc.submit(task, "echo", "old", group="old")
    htc.finish(task)
    advance(htc, 59 * 24)
    htc.submit(task, "echo", "new", group="new")
    old, new = htc.finish(task)
    advance(htc, 2 * 24)
    assert [job["jobUUID"] for job in htc.all(f"{task}/jobs")] == [new["jobUUID"]]
    htc.call("GET", htc.path(old), 404)
    assert htc.log(new) == ["new"]
    assert htc.counts(task)["SUCCEEDED"] == 1
    assert htc.get(f"{task}/groups") == ["new"]


def test_the_clock_moves_forward_only(htc: Any) -> None:
    for wrong in (-1, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="forward"):
            htc.server.clock.advance(wrong)
    before = htc.server.clock.now()
    assert htc.server.clock.advance(100) >= before + 100
