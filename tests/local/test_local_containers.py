"""Images are run by docker or podman, here by a stand-in that does as one of them would."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rescalehtc.local import LocalServer

STAND_IN = """#!{python} -IS
import json, os, sys
arguments = sys.argv[1:]
with open({record!r}, "a") as file:
    print(json.dumps(arguments), file=file)
if arguments[0] == "run":
    environment = {{name: os.environ[name] for flag, name in zip(arguments, arguments[1:]) if flag == "--env"}}
    at = arguments.index("any:1")
    print("in the image", sorted(environment)[0], flush=True)
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


def test_the_image_of_a_job_is_run(start: Any, record: Path) -> None:
    htc = start(containers=True)
    options = {"maxMemory": 64, "maxVCpus": 2, "workingDir": "/work", "envs": [{"name": "A_SECRET", "value": "hidden"}]}
    job = htc.run("echo", "hello", **options)
    assert job["status"] == "SUCCEEDED"
    assert htc.log(job) == ["in the image AWS_BATCH_JOB_ARRAY_INDEX", "hello"]
    (line,) = [json.loads(line) for line in record.read_text().splitlines()]
    assert line[-3:] == ["any:1", "echo", "hello"]
    for flag, value in (("--memory", "64m"), ("--cpus", "2"), ("--workdir", "/work"), ("--env", "A_SECRET")):
        assert (flag, value) in list(pairwise(line))
    assert "hidden" not in str(line)
    assert not {"PATH", "HOME", "LANG"} & set(line)
    assert any(value.endswith("/shared") for flag, value in pairwise(line) if flag == "--volume")


def test_an_image_without_commands_runs_what_it_holds(start: Any, record: Path) -> None:
    htc = start(containers=True)
    job = htc.run()
    assert htc.log(job) == ["in the image AWS_BATCH_JOB_ARRAY_INDEX"]


def test_a_container_is_removed_when_its_job_is_killed(start: Any, record: Path) -> None:
    htc = start(containers=True)
    job = htc.run("sleep", "600", execTimeoutSeconds=60)
    assert job["failureCode"] == "ErrorTimeout"

    def lines() -> list[list[str]]:
        return [json.loads(line) for line in record.read_text().splitlines()]

    htc.until(lambda: len(lines()) == 2, "the removal")
    run, remove = lines()
    assert remove == ["rm", "--force", run[run.index("--name") + 1]]


def test_without_docker_and_podman_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(RuntimeError, match="docker nor podman"):
        LocalServer(containers=True)
