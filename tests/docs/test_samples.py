"""Every Python sample of the documentation runs unchanged, on a local server with the project of the guide."""

from __future__ import annotations

import ast
import logging
import os
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from rescalehtc import HtcSession, JobDefinition, aio, api, iter_completed, logs, submit, wait
from rescalehtc.htcprojects import HtcProject
from rescalehtc.local import LocalServer
from rescalehtc.models import HTCProject, HTCTask

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAMPLES = [
    pytest.param(sample, id=f"{page.relative_to(ROOT)}-{number}")
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    for number, sample in enumerate(FENCE.findall(page.read_text(encoding="utf-8")), start=1)
]
# A program in place of docker: it succeeds at everything, and names an image.
DOCKER = "#!/bin/sh\necho sha256:0123456789abcdef\n"
# The registry of the local server is not one on AWS, where alone the SDK can log in.
ON_AWS = {"containerRegistry": "1.dkr.ecr.eu-west-1.amazonaws.com/p/"}


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with LocalServer(speed=200) as server:
        _prepare(server)
        yield server


@pytest.fixture(autouse=True)
def _machine(server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a reader's machine looks like: the variables, a folder, docker, and waits that ask often."""
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(DOCKER)
    docker.chmod(0o755)
    for name, value in {
        "PATH": f"{docker.parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        **server.environment,
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    for function, argument in (
        (wait, "min_interval_seconds"),
        (aio.wait, "min_interval_seconds"),
        (iter_completed, "min_interval_seconds"),
        (logs.follow, "settle"),
    ):
        monkeypatch.setitem(function.__kwdefaults__, argument, 0.05)
    monkeypatch.setattr(logging.getLogger("rescalehtc"), "level", logging.NOTSET)


# All run on one server: none needs, or is disturbed by, what another has left there.
@pytest.mark.parametrize("sample", SAMPLES)
def test_sample(sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in _foreign(sample):
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed")
    if "push_docker_image" in sample:
        read = HtcProject.__init__
        monkeypatch.setattr(HtcProject, "__init__", lambda self, json: read(self, {**json, **ON_AWS}))
    try:
        exec(compile(sample, "sample", "exec"), {"__name__": "__main__"})
    finally:
        _cancel_what_runs()


def _foreign(sample: str) -> set[str]:
    """Libraries that a sample needs and that come neither with Python nor with this project."""
    nodes = [node for node in ast.walk(ast.parse(sample)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {name for node in nodes for name in ([node.module] if isinstance(node, ast.ImportFrom) else _names(node))}
    return {name.partition(".")[0] for name in names if name} - sys.stdlib_module_names


def _names(node: ast.Import) -> list[str]:
    return [alias.name for alias in node.names]


def _prepare(server: LocalServer) -> None:
    """The project "wings" with an image, and its task "sweep" with four jobs that have ended, one of them badly."""
    with HtcSession(api_key=server.api_key, base_url=server.url) as session:
        project = api.post_htc_projects(session, HTCProject(project_name="wings", project_description="Flutter"))
        api.post_htc_projects_container_registry_repo(session, project.project_id, "wings")
        task = api.post_htc_projects_tasks(
            session, project.project_id, HTCTask(task_name="sweep", task_description="Four angles")
        )
        commands = ["sh", "-c", "echo angle $AWS_BATCH_JOB_ARRAY_INDEX; test $AWS_BATCH_JOB_ARRAY_INDEX != 3"]
        jobs = JobDefinition(image_name="wings:latest", commands=commands, count=4, max_vcpus=1, max_memory_mib=128)
        submission = submit(session, task, jobs)
        wait(session, submission, min_interval_seconds=0.05, max_interval_seconds=0.2, progress=False)


def _cancel_what_runs() -> None:
    """A sample that submits jobs and does not wait for them costs the next ones no time."""
    with HtcSession() as session:
        for project in api.get_htc_projects(session):
            for task in api.get_htc_projects_tasks(session, project.project_id):
                api.post_htc_projects_tasks_jobs_cancel(session, project.project_id, task.task_id)
