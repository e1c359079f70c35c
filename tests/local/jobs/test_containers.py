"""Images are run by docker or podman, here by a stand-in that does as one of them would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rescalehtc.local import LocalServer
from rescalehtc.local.__main__ import main

STAND_IN = """#!{python} -IS
import json, os, sys
arguments = sys.argv[1:]
record = {record!r}
variables = {{}}
if "--env-file" in arguments:
    with open(arguments[arguments.index("--env-file") + 1]) as file:
        variables = dict(line.rstrip("\\n").split("=", 1) for line in file)
with open(record, "a") as file:
    print(json.dumps([arguments, variables, dict(os.environ)]), file=file)
if arguments[0] == "version" and os.path.exists(record + ".broken"):
    sys.exit("Cannot connect to the daemon")
if arguments[0] == "run":
    at = arguments.index("--") + 1
    print("in the image", sorted(variables)[0], flush=True)
    if arguments[at + 1:]:
        os.execvp(arguments[at + 1], arguments[at + 1:])
"""


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    record = tmp_path / "record"
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "podman"
    program.write_text(STAND_IN.format(python=sys.executable, record=str(record)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr("shutil.which", lambda name: str(program) if name == "podman" else None)
    return record


def calls(record: Path) -> list[tuple[list[str], dict[str, str], dict[str, str]]]:
    """Arguments, variables for the container, and environment of each call but `version`."""
    found = [json.loads(line) for line in record.read_text().splitlines()]
    return [tuple(each) for each in found if each[0][0] != "version"]


def test_the_image_of_a_job_is_run(start: Any, record: Path) -> None:
    htc = start(containers=True)
    options = {"maxMemory": 64, "maxVCpus": 2, "workingDir": "/work", "envs": [{"name": "A_SECRET", "value": "hidden"}]}
    job = htc.run("echo", "hello", **options)
    assert job["status"] == "SUCCEEDED"
    assert htc.log(job) == ["in the image AWS_BATCH_JOB_ARRAY_INDEX", "hello"]
    ((line, variables, _),) = calls(record)
    assert line[-4:] == ["--", "any:1", "echo", "hello"]
    for flag, value in (("--memory", "64m"), ("--cpus", "2")):
        assert (flag, value) in list(pairwise(line))
    assert "--workdir=/work" in line
    assert variables["A_SECRET"] == "hidden"
    assert "hidden" not in str(line)
    assert not {"PATH", "HOME", "LANG"} & set(variables)
    assert any(value.endswith("/shared") for flag, value in pairwise(line) if flag == "--volume")
    assert "--network" not in line


def test_a_network_is_used_only_if_asked_for(start: Any, record: Path) -> None:
    start(containers=True, container_network="host").run("true")
    ((line, _, _),) = calls(record)
    assert ("--network", "host") in list(pairwise(line))


def test_the_variables_of_a_job_never_reach_the_container_program(
    start: Any, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_CONTEXT", "rootless")
    monkeypatch.setenv("A_SECRET_OF_THE_SERVER", "x")
    names = ("LD_PRELOAD", "DOCKER_HOST", "CONTAINER_HOST", "HOME", "PATH")
    htc = start(containers=True)
    htc.run("true", envs=[{"name": name, "value": "/of/the/job"} for name in names])
    ((_, variables, environment),) = calls(record)
    assert all(variables[name] == "/of/the/job" for name in names)
    assert "/of/the/job" not in environment.values()
    assert environment["DOCKER_CONTEXT"] == "rootless"
    assert environment["HOME"] == os.environ["HOME"]
    assert "A_SECRET_OF_THE_SERVER" not in environment


@pytest.mark.parametrize("image", ["--privileged", "-v/:/host", "an image", "x\ny"])
def test_what_is_no_name_of_an_image_is_not_run(start: Any, record: Path, image: str) -> None:
    htc = start(containers=True)
    task = htc.task()
    htc.post(f"{task}/jobs/batch", [{"htcJobDefinition": {"imageName": image, "commands": ["true"]}}])
    (job,) = htc.finish(task)
    assert (job["status"], job["failureCode"]) == ("FAILED", "ErrorStartingContainer")
    assert calls(record) == []


def test_a_variable_that_cannot_be_passed_is_told(start: Any, record: Path) -> None:
    htc = start(containers=True)
    job = htc.run("true", envs=[{"name": "TWO_LINES", "value": "a\nLD_PRELOAD=b"}])
    assert job["failureCode"] == "ErrorStartingContainer"
    assert "TWO_LINES" in job["statusReason"]


def test_an_image_without_commands_runs_what_it_holds(start: Any, record: Path) -> None:
    htc = start(containers=True)
    job = htc.run()
    assert htc.log(job) == ["in the image AWS_BATCH_JOB_ARRAY_INDEX"]


def test_a_container_is_removed_when_its_job_is_killed(start: Any, record: Path) -> None:
    htc = start(containers=True)
    task = htc.task()
    htc.submit(task, "sleep", "600", execTimeoutSeconds=60)
    htc.until(lambda: htc.counts(task)["RUNNING"] and record.exists() and calls(record), "the start")
    htc.server.clock.advance(60)
    (job,) = htc.finish(task)
    assert job["failureCode"] == "ErrorTimeout"
    htc.until(lambda: len(calls(record)) == 2, "the removal")
    (run, _, _), (remove, _, _) = calls(record)
    assert remove == ["rm", "--force", run[run.index("--name") + 1]]


def test_without_docker_and_podman_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(RuntimeError, match="docker nor podman"):
        LocalServer(containers=True)


def test_a_missing_daemon_is_told_at_the_start(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record.with_name("record.broken").touch()
    assert main(["--containers"]) == 2
    assert "Cannot connect to the daemon" in capsys.readouterr().err


def test_a_real_container(start: Any, tmp_path: Path) -> None:
    """With whatever docker or podman this machine has: an image is made of a static program of its own."""
    try:
        server = LocalServer(containers=True)
    except RuntimeError as error:
        pytest.skip(str(error))
    del server
    program = Path("/bin/busybox")
    if not program.exists():
        pytest.skip("busybox is not installed")
    (tmp_path / "busybox").write_bytes(program.read_bytes())
    (tmp_path / "busybox").chmod(0o755)
    (tmp_path / "Dockerfile").write_text('FROM scratch\nCOPY busybox /busybox\nENTRYPOINT ["/busybox"]\n')
    tool = "docker"
    built = subprocess.run([tool, "build", "-t", "rescalehtc-test:1", str(tmp_path)], capture_output=True, check=False)
    if built.returncode:
        pytest.skip("images cannot be built here")
    htc = start(containers=True)
    task = htc.task()
    definition = {"imageName": "rescalehtc-test:1", "commands": ["sh", "-c", "echo $AWS_BATCH_JOB_ARRAY_INDEX"]}
    htc.post(f"{task}/jobs/batch", [{"htcJobDefinition": definition}])
    (job,) = htc.finish(task)
    assert htc.log(job) == ["0"]
