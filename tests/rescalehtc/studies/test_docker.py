"""Images are pushed with argument lists and the token on standard input, as a stand-in for docker records."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from rescalehtc import container_registry
from rescalehtc.exceptions import HtcException

pytestmark = pytest.mark.slow

DOCKER = f"""#!{sys.executable}
import json, os, sys
sent = "" if sys.argv[1] != "login" else sys.stdin.read()
with open(os.environ["DOCKER_LOG"], "a") as log:
    log.write(json.dumps([sys.argv[1:], sent]) + "\\n")
print(os.environ["DOCKER_IMAGES"] if sys.argv[1] == "images" else "docker says hello")
if sys.argv[1] == os.environ.get("DOCKER_FAILS"):
    print("no such thing", file=sys.stderr)
    sys.exit(3)
"""


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts the stand-in first on the path; returns what it was told."""
    script, log = tmp_path / "bin" / "docker", tmp_path / "log"
    script.parent.mkdir()
    script.write_text(DOCKER)
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DOCKER_LOG", str(log))
    monkeypatch.setenv("DOCKER_IMAGES", json.dumps({"ID": "sha256:0123456789abcdef", "Tag": "v1"}))
    return lambda: [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


@pytest.fixture
def registry(session: Any, project: Any) -> container_registry.HtcContainerRegistry:
    project.json["containerRegistry"] = "registry.aws.com/p1/"
    return container_registry.get_container_registry(session, project)


def test_a_push(session: Any, registry: Any, docker: Any, capfd: pytest.CaptureFixture[str]) -> None:
    assert registry.push_docker_image(session, "team/solver:v1") == "team/solver:v1-0123456789"
    target = "registry.aws.com/p1/team/solver:v1-0123456789"
    assert docker() == [
        [["images", "--format", "json", "--no-trunc", "team/solver:v1"], ""],
        [["login", "registry.aws.com/p1/", "--username", "AWS", "--password-stdin"], registry.get_token(session)],
        [["tag", "team/solver:v1", target], ""],
        [["push", target], ""],
    ]
    assert registry.get_repos(session) == ["team/solver"]
    assert capfd.readouterr().out.count("docker says hello") == 3


def test_a_quiet_push_under_a_name_of_ones_own(
    session: Any, registry: Any, docker: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    assert registry.push_docker_image(session, "solver:v1", "wings:v9", quiet=True) == "wings:v9"
    assert [arguments[0] for arguments, _ in docker()] == ["login", "tag", "push"]
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("name", ["solver", "-v:v1", "a:b:c", "a;reboot:v1", "$(reboot):v1", "a b:v1", "a:v1\n"])
def test_names_that_could_be_options(session: Any, registry: Any, docker: Any, name: str) -> None:
    with pytest.raises(HtcException, match="must be named with its tag"):
        registry.push_docker_image(session, name)
    with pytest.raises(HtcException, match="must be named with its tag"):
        registry.push_docker_image(session, "solver:v1", name)
    assert docker() == []


@pytest.mark.parametrize("output", ["", "\n"])
def test_no_such_image(session: Any, registry: Any, docker: Any, monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    monkeypatch.setenv("DOCKER_IMAGES", output)
    with pytest.raises(HtcException, match="docker pull solver:v1"):
        registry.push_docker_image(session, "solver:v1")
    assert registry.get_repos(session) == []


@pytest.mark.parametrize("output", ["no JSON", "{}", '{"ID": "0123"}', "[1]"])
def test_output_that_is_not_understood(
    session: Any, registry: Any, docker: Any, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.setenv("DOCKER_IMAGES", output)
    with pytest.raises(HtcException, match="not understand"):
        registry.push_docker_image(session, "solver:v1")


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("images", r"could not look at the local image \(exit status 3\): no such thing"),
        ("login", r"could not log in to the registry \(exit status 3\)"),
        ("tag", r"could not tag the image"),
        ("push", r"could not push the image"),
    ],
)
def test_a_step_that_fails(
    session: Any, registry: Any, docker: Any, monkeypatch: pytest.MonkeyPatch, step: str, message: str
) -> None:
    monkeypatch.setenv("DOCKER_FAILS", step)
    with pytest.raises(HtcException, match=message) as caught:
        registry.push_docker_image(session, "solver:v1")
    assert registry.get_token(session) not in str(caught.value)


def test_docker_is_not_installed(session: Any, registry: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HtcException, match="docker cannot be run to look at the local image"):
        registry.push_docker_image(session, "solver:v1")
