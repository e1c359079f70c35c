"""The workflows do their work, with no more permissions than it needs."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator.__main__ import main

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS: dict[str, Any] = {path.name: YAML(typ="safe").load(path) for path in sorted(FOLDER.glob("*.yml"))}

# Every right beyond reading the repository, by job.
RIGHTS = {
    ("docs.yml", "publish"): {"id-token": "write", "pages": "write"},
    ("public-description.yml", "compare"): {"contents": "read", "issues": "write"},
    ("release.yml", "announce"): {"contents": "write"},
    ("release.yml", "attest"): {"attestations": "write", "id-token": "write"},
    ("release.yml", "publish"): {"id-token": "write"},
}


def steps(workflow: Any) -> list[Any]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def scripts() -> str:
    return "\n".join(step.get("run", "") for workflow in WORKFLOWS.values() for step in steps(workflow))


def test_least_permissions() -> None:
    assert all(workflow["permissions"] == {"contents": "read"} for workflow in WORKFLOWS.values())
    rights = {
        (name, job): details["permissions"]
        for name, workflow in WORKFLOWS.items()
        for job, details in workflow["jobs"].items()
        if "permissions" in details
    }
    assert rights == RIGHTS


@pytest.mark.parametrize("name", WORKFLOWS)
def test_jobs_end_and_run_on_a_named_system(name: str) -> None:
    for job in WORKFLOWS[name]["jobs"].values():
        assert job["timeout-minutes"] <= 30
        assert not job["runs-on"].endswith("latest")


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_to_a_commit_and_name_its_version(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert re.findall(r"uses: (.+)", text) == re.findall(
        r"uses: ([\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$", text, re.M
    )
    for step in steps(WORKFLOWS[name]):
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


def test_an_action_has_one_version_everywhere() -> None:
    uses = {step["uses"] for workflow in WORKFLOWS.values() for step in steps(workflow) if "uses" in step}
    assert len({use.partition("@")[0] for use in uses}) == len(uses)


def test_nothing_from_outside_is_put_into_a_script() -> None:
    assert "${{" not in scripts()


def test_every_supported_python_is_tested() -> None:
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    assert set(supported) <= set(WORKFLOWS["ci.yml"]["jobs"]["test"]["strategy"]["matrix"]["python"])


def test_every_target_and_command_exists(capsys: pytest.CaptureFixture[str]) -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = {target for line in re.findall(r"^make ([a-z -]+)$", scripts(), re.MULTILINE) for target in line.split()}
    assert {
        "build",
        "check-workflows",
        "coverage",
        "docs",
        "setup",
        "test",
        "test-fast",
        "test-hard",
        "test-lowest",
    } <= targets
    for target in targets:
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target
    (command,) = re.findall(r"-m generator (\w+) .*--markdown", scripts())
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    assert "--markdown" in capsys.readouterr().out


def test_nothing_is_published_before_it_is_tested_and_attested() -> None:
    jobs = WORKFLOWS["release.yml"]["jobs"]
    assert [step["run"] for step in jobs["build"]["steps"] if step.get("run", "").startswith("make")] == [
        "make test",
        "make build",
    ]
    assert jobs["attest"]["needs"] == "build"
    assert set(jobs["publish"]["needs"]) == {"build", "attest"}
    assert jobs["announce"]["needs"] == "publish"
    assert not re.search(r"\b(password|api-token|PYPI_TOKEN)\b", (FOLDER / "release.yml").read_text())
