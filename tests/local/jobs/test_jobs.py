"""Jobs run: environment, folders, ends of every kind, retries, cancelling."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import jwt
import pytest

from tests.support.leftovers import is_alive

pytestmark = pytest.mark.slow

SEVEN = {"SUBMITTED_TO_RESCALE", "SUBMITTED_TO_PROVIDER", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED"}
ORDER = ["SUBMITTED_TO_RESCALE", "SUBMITTED_TO_PROVIDER", "RUNNABLE", "STARTING", "RUNNING"]


def test_a_batch_runs_and_is_accounted_for(htc: Any) -> None:
    task = htc.task()
    batch = htc.submit(task, "sh", "-c", 'echo "I am $AWS_BATCH_JOB_ARRAY_INDEX"; echo oops >&2', size=3, group="g")
    jobs = htc.finish(task)
    assert [job["jobUUID"] for job in jobs] == [f"{batch}:{index}" for index in range(3)]
    for index, job in enumerate(jobs):
        assert job["status"] == "SUCCEEDED"
        assert job["container"]["exitCode"] == 0
        assert job["failureCode"] is None
        assert job["group"] == "g"
        assert job["createdAt"] <= job["startedAt"] <= job["completedAt"]
        assert htc.log(job) == [f"I am {index}", "oops"]
        assert htc.states(job) == [*ORDER, "SUCCEEDED"]
        assert htc.get(htc.path(job)) == job
        events = htc.all(f"{htc.path(job)}/events")
        assert len({event["eventId"] for event in events}) == len(events)
        assert [event["dateTime"] for event in events] == sorted(event["dateTime"] for event in events)
        assert not any(event["userCancelledEvent"] for event in events)
    counts = htc.counts(task)
    assert set(counts) == SEVEN
    assert counts == dict.fromkeys(SEVEN, 0) | {"SUCCEEDED": 3}


def test_what_is_submitted_comes_back(htc: Any) -> None:
    task = htc.task(htc.project(regions=["AWS_US_EAST_1", "GCP_US_EAST_4"]))
    definition = {
        "imageName": "team/solver:v2",
        "commands": ["true"],
        "maxVCpus": 2,
        "maxMemory": 64,
        "maxDiskGiB": 1,
        "execTimeoutSeconds": 60,
        "architecture": "AARCH64",
        "priority": "ON_DEMAND_ECONOMY",
        "workingDir": None,
        "envs": [{"name": "MODE", "value": "fast"}],
        "tags": {"a": "b"},
    }
    batch = {
        "htcJobDefinition": definition,
        "jobName": "n",
        "batchSize": 2,
        "regions": ["GCP_US_EAST_4"],
        "tags": [{"key": "study", "value": "wing"}],
        "rescaleProjectId": "r",
        "parentJobId": "made up",
    }
    (answer,) = htc.post(f"{task}/jobs/batch", [batch], group="first")
    assert answer["htcJobDefinition"] == definition
    assert answer["group"] == "first"
    assert answer["parentJobId"] != "made up"
    assert "regions" not in answer
    job = htc.finish(task)[0]
    for name in ("imageName", "commands", "maxVCpus", "maxMemory", "maxDiskGiB", "execTimeoutSeconds", "architecture"):
        assert job[name] == definition[name]
    assert job["region"] == "GCP_US_EAST_4"
    assert job["tags"] == [{"key": "study", "value": "wing"}, {"key": "a", "value": "b"}]
    assert job["envs"] == definition["envs"]
    assert job["instanceLabels"]["priority"] == "ON_DEMAND_ECONOMY"
    for null in ("failureCode", "maxGpus", "maxSwap", "workingDir"):
        assert job[null] is None
    simple = htc.all(f"{task}/jobs", viewType="SIMPLE")[0]
    assert "commands" not in simple
    assert simple.items() <= job.items()


def test_the_environment_is_clean_and_complete(htc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESCALE_API_TOKEN", "the caller's own key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the caller's own secret")
    dump = "import os, json; print(json.dumps(dict(os.environ)))"
    task = htc.task()
    batch = htc.submit(task, sys.executable, "-ISc", dump, envs=[{"name": "MODE", "value": "fast\nü"}])
    (job,) = htc.finish(task)
    found = json.loads(htc.log(job)[0])
    project_id, task_id = job["projectId"], job["taskId"]
    assert set(found) - {"LC_CTYPE"} == {
        "PATH",
        "HOME",
        "LANG",
        "MODE",
        "RESCALEHTC_LOCAL_RUN",
        "AWS_BATCH_JOB_ARRAY_INDEX",
        "RESCALE_HTC_API_URL",
        "RESCALE_HTC_BEARER_TOKEN",
        "RESCALE_HTC_PROJECT_ID",
        "RESCALE_HTC_TASK_ID",
        "RESCALE_HTC_REGION",
        "RESCALE_PROJECT_ID",
        "RESCALE_TASK_ID",
        "RESCALE_JOB_ID",
        "PROJECT_SHARED_FOLDER",
        "TASK_SHARED_FOLDER",
    }
    assert found["MODE"] == "fast\nü"
    assert found["AWS_BATCH_JOB_ARRAY_INDEX"] == "0"
    assert found["RESCALE_JOB_ID"] == f"{batch}:0"
    assert found["RESCALE_HTC_PROJECT_ID"] == found["RESCALE_PROJECT_ID"] == project_id
    assert found["RESCALE_HTC_TASK_ID"] == found["RESCALE_TASK_ID"] == task_id
    assert found["RESCALE_HTC_REGION"] == job["region"]
    assert found["RESCALE_HTC_API_URL"] == htc.server.url
    assert jwt.decode(found["RESCALE_HTC_BEARER_TOKEN"], options={"verify_signature": False})["workspaceId"] == "local"


@pytest.mark.parametrize("name", ["AWS_BATCH_X", "MY_AWS_BATCH_X", "RESCALE_JOB_ID", "TASK_SHARED_FOLDER", "RDF_X"])
def test_reserved_variables_are_refused(htc: Any, name: str) -> None:
    task = htc.task()
    batch = {"htcJobDefinition": {"imageName": "x", "envs": [{"name": name, "value": "1"}]}}
    htc.call("POST", f"{task}/jobs/batch", 400, json=[batch])
    assert htc.all(f"{task}/jobs") == []


def test_one_bad_batch_refuses_the_whole_call(htc: Any) -> None:
    task = htc.task()
    good = {"htcJobDefinition": {"imageName": "x"}}
    for bad in (
        {**good, "batchSize": 1001},
        {**good, "batchSize": 0},
        {"htcJobDefinition": {}},
        {"htcJobDefinition": {"imageName": "x", "execTimeoutSeconds": 59}},
        {"htcJobDefinition": {"imageName": "x", "maxVCpus": 65}},
        {"htcJobDefinition": {"imageName": "x", "workingDir": "a/../../b"}},
        {**good, "retryStrategy": {"maxRetries": 11}},
        {**good, "regions": ["AZURE_US_WEST_2"]},
        {**good, "cloudProvider": "NGC"},
    ):
        htc.call("POST", f"{task}/jobs/batch", 400, json=[good, bad])
    htc.call("POST", f"{task}/jobs/batch", 400, json=[good] * 101)
    assert htc.all(f"{task}/jobs") == []


def test_a_job_works_in_a_folder_of_its_own(htc: Any) -> None:
    task = htc.task()
    script = 'test "$PWD" = "$HOME" && ls -A | wc -l && touch mine && mkdir -p deep/er && pwd'
    htc.submit(task, "sh", "-c", script, size=4)
    folders = set()
    for job in htc.finish(task):
        count, folder = htc.log(job)
        assert count.strip() == "0"
        folders.add(folder)
    assert len(folders) == 4
    htc.until(lambda: not any(Path(folder).exists() for folder in folders), "the removal of the folders")


def test_the_working_dir_is_below_that_folder(htc: Any) -> None:
    job = htc.run("sh", "-c", 'echo "${PWD#$HOME}"', workingDir="/work/in put")
    assert htc.log(job) == ["/work/in put"]


def test_jobs_share_the_folders_of_project_and_task(htc: Any) -> None:
    project = htc.project()
    one, other = htc.task(project), htc.task(project)
    htc.submit(one, "sh", "-c", "echo p > $PROJECT_SHARED_FOLDER/p; echo t > $TASK_SHARED_FOLDER/t")
    htc.finish(one)
    script = "cat $PROJECT_SHARED_FOLDER/p; ls $TASK_SHARED_FOLDER | wc -l"
    htc.submit(other, "sh", "-c", script)
    (job,) = htc.finish(other)
    assert [line.strip() for line in htc.log(job)] == ["p", "0"]


def test_a_job_without_commands_succeeds_and_says_so(htc: Any) -> None:
    job = htc.run()
    assert job["status"] == "SUCCEEDED"
    assert "no commands" in htc.log(job)[0]
    assert htc.states(job) == [*ORDER, "SUCCEEDED"]


def test_a_command_that_fails(htc: Any) -> None:
    job = htc.run("sh", "-c", "exit 3")
    assert (job["status"], job["failureCode"]) == ("FAILED", "ErrorNonZeroContainerExitCode")
    assert job["container"]["exitCode"] == 3
    assert job["statusReason"]
    last = htc.all(f"{htc.path(job)}/events")[-1]
    assert last["status"] == "FAILED"
    assert last["container"]["exitCode"] == 3
    assert last["userCancelledEvent"] is False


def test_a_command_that_is_killed(htc: Any) -> None:
    job = htc.run("sh", "-c", "kill -9 $$", maxMemory=64)
    assert (job["status"], job["failureCode"]) == ("FAILED", "ErrorNonZeroContainerExitCode")
    assert job["container"]["exitCode"] == 137


@pytest.mark.parametrize("command", ["no-such-program", "./no-such-file", "/", "nul\0in name", "\ud800"])
def test_a_command_that_does_not_exist(htc: Any, command: str) -> None:
    task = htc.task()
    batch = [{"htcJobDefinition": {"imageName": "x", "commands": [command]}}]
    body = json.dumps(batch).encode()
    htc.call("POST", f"{task}/jobs/batch", content=body, headers={"Content-Type": "application/json"})
    (job,) = htc.finish(task)
    assert (job["status"], job["failureCode"]) == ("FAILED", "ErrorStartingContainer")
    assert htc.states(job) == [*ORDER[:4], "FAILED"]
    assert job["container"] is None


def test_too_much_memory(start: Any) -> None:
    htc = start(speed=200)
    grab = "import time; x = bytearray(200 * 2**20); print('have it', flush=True); time.sleep(600)"
    job = htc.run(sys.executable, "-c", f'import subprocess, sys; subprocess.run([sys.executable, "-c", """{grab}"""])',
                  maxMemory=100)  # fmt: skip
    assert (job["status"], job["failureCode"]) == ("FAILED", "ErrorNotEnoughMemory")


def test_a_job_that_takes_too_long_is_killed_with_all_it_started(htc: Any) -> None:
    script = "sleep 600 & echo $!; sleep 600 & echo $!; echo $$; wait"
    task = htc.task()
    htc.submit(task, "sh", "-c", script, execTimeoutSeconds=60)
    htc.until(lambda: len(htc.log(htc.all(f"{task}/jobs")[0])) == 3, "the start of the processes")
    htc.server.clock.advance(60)
    (job,) = htc.finish(task)
    assert (job["status"], job["failureCode"]) == ("FAILED", "ErrorTimeout")
    pids = [int(line) for line in htc.log(job)]
    assert len(pids) == 3
    htc.until(lambda: not any(is_alive(pid) for pid in pids), "the death of the process group")


def test_the_time_limit_follows_the_clock(start: Any) -> None:
    htc = start(speed=100)
    task = htc.task()
    htc.submit(task, "sleep", "600", execTimeoutSeconds=3600)
    htc.until(lambda: htc.counts(task)["RUNNING"])
    htc.server.clock.advance(3599)
    assert htc.counts(task)["RUNNING"] == 1
    htc.server.clock.advance(3600)
    (job,) = htc.finish(task)
    assert job["failureCode"] == "ErrorTimeout"


def test_what_a_job_leaves_running_is_killed_when_it_ends(htc: Any) -> None:
    job = htc.run("sh", "-c", "sleep 600 & echo $!")
    assert job["status"] == "SUCCEEDED"
    (pid,) = htc.log(job)
    htc.until(lambda: not is_alive(int(pid)), "the death of the background process")


def test_no_process_survives_the_server(start: Any) -> None:
    htc = start()
    task = htc.task()
    htc.submit(task, "sh", "-c", "echo $$; sleep 600 & echo $!; setsid sleep 600 & wait")
    htc.until(lambda: htc.counts(task)["RUNNING"])
    (job,) = htc.all(f"{task}/jobs")
    pids = htc.until(lambda: len(lines := htc.log(job)) == 2 and [int(line) for line in lines])
    folder = htc.server.folder
    htc.server.stop()
    assert not any(is_alive(pid) for pid in pids)
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            environment = entry.read_bytes()
        except OSError:
            continue
        assert os.fsencode(folder) not in environment
    assert not folder.exists()


@pytest.mark.parametrize(("retries", "ok_at", "status"), [(3, 2, "SUCCEEDED"), (1, 9, "FAILED"), (0, 1, "FAILED")])
def test_retries(htc: Any, retries: int, ok_at: int, status: str) -> None:
    counter = (
        f"cd $TASK_SHARED_FOLDER; n=$(cat n 2>/dev/null || echo 0); echo try $n; echo $((n+1)) > n; [ $n -ge {ok_at} ]"
    )
    job = htc.run("sh", "-c", counter, retries=retries)
    attempts = min(retries, ok_at) + 1
    assert job["status"] == status
    assert htc.log(job) == [f"try {number}" for number in range(attempts)]
    states = htc.states(job)
    assert states == [*ORDER, *(["RUNNABLE", "STARTING", "RUNNING"] * (attempts - 1)), status]


def test_a_timeout_is_not_tried_again(htc: Any) -> None:
    task = htc.task()
    htc.submit(task, "sleep", "600", execTimeoutSeconds=60, retries=5)
    htc.until(lambda: htc.counts(task)["RUNNING"], "the start")
    htc.server.clock.advance(60)
    (job,) = htc.finish(task)
    assert job["failureCode"] == "ErrorTimeout"
    assert htc.states(job).count("RUNNING") == 1


def test_no_more_jobs_run_than_there_are_workers(start: Any) -> None:
    htc = start(workers=2)
    task = htc.task()
    # Each job counts how many are running, and ends when two have been or no other starts.
    script = (
        "mkdir -p $TASK_SHARED_FOLDER/room; touch $TASK_SHARED_FOLDER/room/$AWS_BATCH_JOB_ARRAY_INDEX; "
        "ls $TASK_SHARED_FOLDER/room | wc -l; sleep 0.05; rm $TASK_SHARED_FOLDER/room/$AWS_BATCH_JOB_ARRAY_INDEX"
    )
    htc.submit(task, "sh", "-c", script, size=20)
    seen = [int(htc.log(job)[0]) for job in htc.finish(task)]
    assert max(seen) <= 2


def test_cancel_reaches_every_unfinished_job_of_the_task_and_no_other(start: Any) -> None:
    htc = start(workers=2)
    project = htc.project()
    task, other = htc.task(project), htc.task(project)
    htc.submit(task, "true")
    htc.finish(task)
    htc.submit(task, "sleep", "600", size=1000)
    htc.submit(task, "sleep", "600", size=1000)
    htc.until(lambda: htc.counts(task)["RUNNING"] == 2)
    htc.submit(other, "true", size=3)
    htc.post(f"{task}/jobs/cancel")
    jobs = htc.finish(task)
    assert htc.counts(task) == dict.fromkeys(SEVEN, 0) | {"SUCCEEDED": 1, "FAILED": 2000}
    assert jobs[0]["status"] == "SUCCEEDED"
    for job in (jobs[1], jobs[2], jobs[40], jobs[1500], jobs[-1]):
        assert job["completedAt"]
        last = htc.all(f"{htc.path(job)}/events")[-1]
        assert (last["status"], last["userCancelledEvent"]) == ("FAILED", True)
    assert [job["status"] for job in htc.finish(other)] == ["SUCCEEDED"] * 3


def test_cancel_by_group(htc: Any) -> None:
    task = htc.task()
    htc.submit(task, "sleep", "600", size=3, group="slow")
    htc.submit(task, "true", size=3, group="quick")
    htc.post(f"{task}/jobs/cancel", group="no such group")
    htc.post(f"{task}/jobs/cancel", group="slow")
    statuses = {(job["group"], job["status"]) for job in htc.finish(task)}
    assert statuses == {("slow", "FAILED"), ("quick", "SUCCEEDED")}


def test_groups(htc: Any) -> None:
    task = htc.task()
    for group, size in [("b", 2), ("a", 1), (None, 4), ("b", 1), ("c d", 1)]:
        htc.submit(task, "true", size=size, group=group)
    jobs = htc.finish(task)
    assert len(jobs) == 9
    assert htc.get(f"{task}/groups") == ["b", "a", "c d"]
    assert len(htc.all(f"{task}/jobs", group="b")) == 3
    assert htc.all(f"{task}/jobs", group="none such") == []
    summary = {each["group"]: each["jobStatuses"] for each in htc.all(f"{task}/group-summary-statistics", pageSize=2)}
    assert {group: counts["SUCCEEDED"] for group, counts in summary.items()} == {"b": 3, "a": 1, "c d": 1}
    assert all(set(counts) == SEVEN for counts in summary.values())
    chosen = htc.all(f"{task}/group-summary-statistics", group=["a", "c d", "other"])
    assert [each["group"] for each in chosen] == ["a", "c d"]
    answer = htc.call("GET", f"{task}/groups", params={"pageSize": 2})
    assert answer.json() == ["b", "a"]
    following = re.fullmatch(r'<(.*)>; rel="next"', answer.headers["link"])
    assert following
    assert htc.call("GET", following[1]).json() == ["c d"]


def test_filters(htc: Any) -> None:
    task = htc.task()
    batch = htc.submit(task, "sh", "-c", "exit $AWS_BATCH_JOB_ARRAY_INDEX", size=3)
    htc.finish(task)
    assert [job["jobUUID"] for job in htc.all(f"{task}/jobs", status="FAILED")] == [f"{batch}:1", f"{batch}:2"]
    assert htc.all(f"{task}/jobs", status="POD_FAILED") == []
    chosen = htc.all(f"{task}/jobs", jobId=[f"{batch}:2", f"{batch}:0", "other:0", "nonsense"])
    assert [job["jobUUID"] for job in chosen] == [f"{batch}:0", f"{batch}:2"]
    assert htc.all(f"{task}/jobs", jobId=f"{batch}:0", status="FAILED") == []


@pytest.mark.slow
def test_none_of_three_hundred_jobs_is_lost(start: Any) -> None:
    htc = start(speed=1000)
    task = htc.task()
    batches = {htc.submit(task, "sh", "-c", "echo $AWS_BATCH_JOB_ARRAY_INDEX", size=150) for _ in range(2)}
    jobs = htc.finish(task)
    assert {job["jobUUID"] for job in jobs} == {f"{batch}:{index}" for batch in batches for index in range(150)}
    assert {job["status"] for job in jobs} == {"SUCCEEDED"}
    for job in jobs[::97]:
        assert htc.log(job) == [job["jobUUID"].rpartition(":")[2]]
