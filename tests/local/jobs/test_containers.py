"""docker or podman runs images; here a stand-in behaves like one of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rescalehtc.local import LocalServer
from rescalehtc.local.__main__ import main
from rescalehtc.local._jobs.containers import Containers

from ..conftest import Htc, read_ready_lines

pytestmark = pytest.mark.slow

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
if arguments[0] == "ps" and os.path.exists(record + ".listed"):
    print(open(record + ".listed").read())
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


@pytest.fixture
def broken_docker(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A docker without a daemon, next to a working podman."""
    docker = record.with_name("docker")
    docker.write_text("#!/bin/sh\necho 'Cannot connect to the daemon' >&2\nexit 1\n")
    docker.chmod(0o755)
    podman = shutil.which("podman")
    monkeypatch.setattr("shutil.which", {"docker": str(docker), "podman": podman}.get)


def calls(record: Path) -> list[tuple[list[str], dict[str, str], dict[str, str]]]:
    """Arguments, variables for the container, and environment of each `run` and `rm`."""
    found = [json.loads(line) for line in record.read_text().splitlines()]
    return [tuple(each) for each in found if each[0][0] in ("run", "rm")]


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
def test_an_invalid_image_name_is_not_run(start: Any, record: Path, image: str) -> None:
    htc = start(containers=True)
    task = htc.task()
    htc.post(f"{task}/jobs/batch", [{"htcJobDefinition": {"imageName": image, "commands": ["true"]}}])
    (job,) = htc.finish(task)
    assert (job["status"], job["failureCode"]) == ("FAILED", "ErrorStartingContainer")
    assert calls(record) == []


def test_a_variable_that_cannot_be_passed_is_reported(start: Any, record: Path) -> None:
    htc = start(containers=True)
    job = htc.run("true", envs=[{"name": "TWO_LINES", "value": "a\nLD_PRELOAD=b"}])
    assert job["failureCode"] == "ErrorStartingContainer"
    assert "TWO_LINES" in job["statusReason"]


def test_an_image_without_commands_runs_its_own_command(start: Any, record: Path) -> None:
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


def test_containers_end_with_the_server(start: Any, record: Path) -> None:
    record.with_name("record.listed").write_text("one two")
    htc = start(containers=True)
    htc.run("true")
    folder = htc.server.folder
    htc.server.stop()
    (run, _, _), (remove, _, _) = calls(record)
    assert remove == ["rm", "--force", "one", "two"]
    assert f"rescalehtc.local={folder}" in run


def test_podman_is_used_if_docker_has_no_daemon(start: Any, record: Path, broken_docker: None) -> None:
    assert start(containers=True).run("true")["status"] == "SUCCEEDED"


def test_without_docker_and_podman_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(RuntimeError, match="docker nor podman"):
        LocalServer(containers=True)


def test_a_missing_daemon_is_reported_at_the_start(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record.with_name("record.broken").touch()
    assert main(["--containers"]) == 2
    assert "Cannot connect to the daemon" in capsys.readouterr().err


@pytest.mark.slow
def test_a_real_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With whatever docker or podman this machine has, and an image that holds nothing but busybox."""
    busybox = shutil.which("busybox")
    if busybox is None:
        pytest.skip("busybox is not installed")
    # Podman asks for higher limits than it may have as root without all privileges.
    limits = '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1000:1000"]\n'
    engine = '[engine]\nruntime = "runc"\n' if shutil.which("runc") else ""
    (tmp_path / "containers.conf").write_text(limits + engine)
    monkeypatch.setenv("CONTAINERS_CONF", str(tmp_path / "containers.conf"))
    try:
        program = Containers.find().program
    except RuntimeError as error:
        pytest.skip(str(error))
    with tarfile.open(tmp_path / "image.tar", "w") as archive:
        archive.add(busybox, "bin/busybox")
        for name in ("sh", "sleep"):
            link = tarfile.TarInfo(f"bin/{name}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            archive.addfile(link)
    image = "localhost/rescalehtc-test:1"
    subprocess.run([program, "import", str(tmp_path / "image.tar"), image], capture_output=True, check=True)
    tried = subprocess.run([program, "run", "--rm", image, "sh", "-c", "exit 7"], capture_output=True, check=False)
    if tried.returncode != 7:
        pytest.skip(f"{program} runs no containers here: {tried.stderr.decode(errors='replace')[-300:]}")

    command = [sys.executable, "-m", "rescalehtc.local", "--containers", "--speed", "200", "--workers", "3"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    variables = read_ready_lines(server.stdout)
    htc = Htc(variables["RESCALE_HTC_API_URL"], variables["RESCALE_API_TOKEN"])
    task = htc.task()
    envs = [{"name": "WORD", "value": "two words"}]
    for name, script in ((image, "echo $WORD; exit 3"), ("localhost/rescalehtc-none:1", ""), (image, "sleep 600")):
        definition = {"imageName": name, "commands": ["sh", "-c", script], "envs": envs}
        htc.post(f"{task}/jobs/batch", [{"htcJobDefinition": definition}])
    ids = [program, "ps", "--quiet", "--filter", "label=rescalehtc.local"]

    def containers() -> list[str]:
        return subprocess.run(ids, capture_output=True, text=True, check=True).stdout.split()

    htc.until(lambda: htc.counts(task)["FAILED"] == 2 and containers(), "the end of two jobs and the start of one")
    exited, missing, _ = htc.all(f"{task}/jobs")
    assert htc.log(exited) == ["two words"]
    assert exited["failureCode"] == "ErrorNonZeroContainerExitCode"
    assert missing["failureCode"] == "ErrorStartingContainer"
    server.kill()
    server.communicate()
    htc.until(lambda: not containers(), "the end of the container")
    htc.http.close()
    subprocess.run([program, "rmi", "--force", image], capture_output=True, check=False)
