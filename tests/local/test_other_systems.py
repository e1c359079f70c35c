"""On systems where the server cannot run, it says so, and the package can still be imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.windows import PREAMBLE

pytestmark = pytest.mark.slow

MAIN = "from rescalehtc.local.__main__ import main\nsys.exit(main([]))"


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", PREAMBLE + code], capture_output=True, text=True, check=False)


def test_importing_it_works_on_windows() -> None:
    done = run("import rescalehtc.local, rescalehtc.testing; from rescalehtc.local import LocalServer, Clock, Faults")
    assert (done.returncode, done.stderr) == (0, "")


def test_starting_it_names_the_systems_that_it_runs_on() -> None:
    done = run("from rescalehtc.local import LocalServer\nLocalServer()")
    assert "RuntimeError" in done.stderr
    assert "WSL" in done.stderr
    done = run(MAIN)
    assert done.returncode == 2
    assert "WSL" in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_the_extra_the_command_says_in_one_line_what_to_install() -> None:
    for missing in ("uvicorn", "starlette", "jinja2", "jwt", "jsonschema_rs", "httptools"):
        code = f"import sys; sys.modules[{missing!r}] = None\n{MAIN}"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 2, missing
        assert "rescalehtc[local]" in done.stderr
        assert done.stderr.count("\n") == 1


def test_its_version() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rescalehtc.local", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("rescalehtc ")
