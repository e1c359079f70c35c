"""Every example runs on a local server and prints what it promises."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rescalehtc.local import LocalServer

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[2] / "examples"
ELSEWHERE = {"demo.py", "exact_types.py", "playground.py"}
"""Run by other tests, or no program."""


def run(path: Path, folder: Path) -> str:
    with LocalServer(speed=200) as server:
        result = subprocess.run(
            [sys.executable, str(path)],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(folder),
                "PYTHONWARNINGS": "error",
                "INTERVAL_SECONDS": "0.05",
                "PYTHONIOENCODING": "utf-8",
                **server.environment,
            },
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def study(output: str, folder: Path) -> None:
    assert "5 of 50 failed: again with twice the memory" in output
    assert "50 of 50 jobs ended (50 SUCCEEDED)" in output
    with (folder / "study.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 50
    assert all(row["lift"] for row in rows)
    assert "<svg" in (folder / "study.svg").read_text(encoding="utf-8")


def hello_world(output: str, folder: Path) -> None:
    assert output.splitlines()[1:] == [f"Hello from job {index}" for index in range(3)]


def parameter_sweep(output: str, folder: Path) -> None:
    assert "25 angles, the most lift at 6.5 degrees" in output
    with (folder / "lift.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["angle"]) for row in rows] == [angle / 2 for angle in range(-4, 21)]
    assert {row["status"] for row in rows} == {"SUCCEEDED"}


def resume_after_interruption(output: str, folder: Path) -> None:
    assert "jobs: 20 pending, 10 accepted" in output
    assert "jobs: 30 accepted" in output
    assert "every job ran exactly once: True" in output


def resubmit_failed(output: str, folder: Path) -> None:
    assert "3 of 9 jobs failed" in output
    assert "exit code 12\n    job 3: out of memory with 256 MiB" in output
    assert "done: [0, 1, 2, 3, 4, 5, 6, 7, 8]" in output


def follow_log(output: str, folder: Path) -> None:
    assert output.splitlines() == ["5 …", "4 …", "3 …", "2 …", "1 …", "lift-off"]


def typed_models(output: str, folder: Path) -> None:
    assert output.splitlines() == [
        "created less than a day ago: True",
        "slowest in all: True",
        "failed: 2",
        "reasons: [('exit code 1', 2), ('no failure', 4)]",
        "as JSON: SUCCEEDED checked True",
    ]


CHECKS = (study, hello_world, parameter_sweep, resume_after_interruption, resubmit_failed, follow_log, typed_models)
PROMISES = {check.__name__: check for check in CHECKS}


@pytest.mark.parametrize("name", PROMISES)
def test_it_shows_what_it_promises(name: str, tmp_path: Path) -> None:
    PROMISES[name](run(EXAMPLES / f"{name}.py", tmp_path), tmp_path)


def test_no_example_is_left_out() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.py") if path.name not in ELSEWHERE} == set(PROMISES)


def test_only_one_of_two_names_that_differ_by_case_is_used() -> None:
    """The object HtcTask, not the model HTCTask; one page says so."""
    root = EXAMPLES.parent
    pages = [
        root / "README.md",
        *(root / "docs/how-to").glob("*.md"),
        *EXAMPLES.rglob("*.py"),
        *EXAMPLES.glob("*.ipynb"),
    ]
    naming = [page.name for page in pages if "HTCTask" in page.read_text(encoding="utf-8")]
    assert naming == ["projects-and-tasks.md"]


def test_the_tests_of_an_application_run_without_an_account(tmp_path: Path) -> None:
    result = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error"),
            # Named explicitly: an environment that was set up before the plugin was added does not find it.
            *("-p", "pytest_asyncio.plugin", "-p", "rescalehtc.testing", "-o", "asyncio_mode=auto"),
            str(EXAMPLES / "application"),
        ],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "5 passed" in result.stdout
