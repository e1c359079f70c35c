"""Reset, snapshots, and a server that starts with the content of a file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest

from rescalehtc.local import LocalServer


@pytest.mark.slow
def test_reset_forgets_everything_but_the_keys(htc: Any) -> None:
    task = htc.task()
    htc.submit(task, "sleep", "600", size=3)
    htc.until(lambda: htc.counts(task)["RUNNING"], "the start")
    url = htc.get(f"{task}/storage/presigned-url", filePath="f")["url"]
    httpx.put(url, content=b"x")
    htc.server.faults.add("status", "listProjects")
    htc.server.clock.advance(1000)
    htc.server.reset()
    assert htc.server.requests.count() == 0
    assert htc.server.clock.offset == 0
    assert htc.get("htc/projects") == {"items": []}  # the token is still good, and the fault gone
    assert not list((htc.server.folder / "storage").rglob("f"))
    assert htc.run("true")["status"] == "SUCCEEDED"
    assert len(htc.all("htc/projects")) == 1


@pytest.mark.slow
def test_back_to_a_snapshot(htc: Any) -> None:
    project = htc.project()
    task = htc.task(project)
    htc.submit(task, "echo", "first")
    before = htc.finish(task)
    folder = htc.server.folder / "storage" / task.removeprefix("htc/")
    (folder / "kept").write_text("as it was")
    os.mkfifo(folder / "pipe")  # copying that would never end
    htc.server.snapshot("one")
    (folder / "kept").write_text("changed")
    htc.submit(task, "echo", "second")
    htc.finish(task)
    htc.project("other")
    for _ in range(2):
        htc.server.restore("one")
        assert htc.all(f"{task}/jobs") == before
        assert htc.log(before[0]) == ["first"]
        assert len(htc.all("htc/projects")) == 1
        assert (folder / "kept").read_text() == "as it was"
        htc.submit(task, "echo", "third")
        assert len(htc.finish(task)) == 2


@pytest.mark.slow
def test_a_job_that_ran_at_the_snapshot_is_lost_and_one_that_waited_runs(start: Any) -> None:
    htc = start(workers=1)
    task = htc.task()
    script = "test -e $TASK_SHARED_FOLDER/go || sleep 600"
    htc.submit(task, "sh", "-c", script, size=2)
    htc.until(lambda: htc.counts(task)["RUNNING"], "the start")
    htc.server.snapshot()
    (htc.server.folder / "snapshots/default/storage" / task.removeprefix("htc/") / "go").touch()
    htc.server.restore()
    assert [job["status"] for job in htc.finish(task)] == ["FAILED", "SUCCEEDED"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["", "../x", "a/b", ".", "x" * 65])
def test_a_snapshot_s_name_is_plain(htc: Any, name: str) -> None:
    for action in (htc.server.snapshot, htc.server.restore):
        with pytest.raises(ValueError, match="snapshot"):
            action(name)
    with pytest.raises(ValueError, match="no snapshot"):
        htc.server.restore("never-taken")


@pytest.mark.slow
def test_it_all_works_over_the_control_routes(htc: Any) -> None:
    key = {"Authorization": f"Token {htc.server.api_key}"}
    with httpx.Client(base_url=f"{htc.server.page_url}local/", headers=key) as control:
        htc.project()
        assert control.post("snapshots", json={"name": "s"}).status_code == 200
        assert control.post("reset").status_code == 200
        assert htc.all("htc/projects") == []
        assert control.put("snapshots", json={"name": "s"}).status_code == 200
        assert len(htc.all("htc/projects")) == 1
        assert control.put("snapshots", json={"name": "other"}).status_code == 400


SEED = {
    "projects": [
        {
            "projectName": "wing",
            "projectDescription": "-",
            "repositories": ["solver"],
            "limits": [{"modifierRole": "PROJECT_ADMIN", "vCPUs": 8}],
            "tasks": [{"taskName": "sweep", "taskDescription": "-"}],
        }
    ]
}


@pytest.mark.slow
def test_a_server_begins_with_what_a_file_lists(start: Any, tmp_path: Path) -> None:
    (tmp_path / "seed.json").write_text(json.dumps(SEED))
    options = {"seed_file": tmp_path / "seed.json", "data": tmp_path / "data"}
    for _ in range(2):  # not again, where the data folder has it already
        htc = start(**options)
        (project,) = htc.all("htc/projects")
        path = f"htc/projects/{project['projectId']}"
        assert (project["projectName"], project["repositories"]) == ("wing", ["solver"])
        assert [task["taskName"] for task in htc.all(f"{path}/tasks")] == ["sweep"]
        assert [limit["vCPUs"] for limit in htc.get(f"{path}/limits")] == [8]
        htc.server.stop()


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("{", "seed.json"),
        ("[]", "seed.json does not have the form"),
        ('{"projects": [5]}', "seed.json does not have the form"),
        ('{"projects": [{"projectName": "x"}]}', "projects/0"),
        ('{"projects": [{"projectName": "x", "projectDescription": "-", "tasks": [{}]}]}', "projects/0/tasks"),
        ('{"projects": [{"projectName": "x", "projectDescription": "-", "task": []}]}', "projects/0: .* 'task'"),
        ('{"projects": [], "project": []}', "seed.json: .* 'project'"),
    ],
)
def test_errors_in_a_seed_file_are_reported(tmp_path: Path, content: str, place: str) -> None:
    (tmp_path / "seed.json").write_text(content)
    with pytest.raises(ValueError, match=place):
        LocalServer(seed_file=tmp_path / "seed.json").start()
