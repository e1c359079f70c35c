"""Programs written for 1.1.0 run unchanged, with equal results, on both versions against the local server."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rescalehtc.local import LocalServer

pytestmark = pytest.mark.slow

PROGRAMS = Path(__file__).parent / "programs"
UNREACHABLE = re.compile(
    "Failed to establish a new connection|Name or service not known|Temporary failure|timed out|ProxyError|Connection "
)
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
PORT = re.compile(r"localhost:\d+")

# 1.1.0 knows one base URL only, as a constant.
OLD_RUNNER = """
import os, runpy, sys
from rescalehtc.internals import constants
constants._RESCALE_API_BASE_URL = os.environ["RESCALE_HTC_API_URL"]
runpy.run_path(sys.argv[1])
"""
NEW_RUNNER = "import runpy, sys; runpy.run_path(sys.argv[1])"
OLD_RAUTHENTICATE = """
import os, sys
from rescalehtc.internals import constants
constants._RESCALE_API_BASE_URL = os.environ["RESCALE_HTC_API_URL"]
from rescalehtc.scripts.rauthenticate import argmain
argmain()
"""
NEW_RAUTHENTICATE = "import sys; from rescalehtc.rauthenticate import main; sys.exit(main())"


@pytest.fixture(scope="session")
def old_python(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """An interpreter with rescalehtc 1.1.0, made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        base = base.parent
    folder = base / "rescalehtc-1.1.0"
    python = folder / "bin" / "python"
    with (base / "rescalehtc-1.1.0.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (base / "rescalehtc-1.1.0.missing").exists():
            pytest.skip("rescalehtc 1.1.0 cannot be installed: no package index is reachable")
        if not (base / "rescalehtc-1.1.0.ready").exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
            install = subprocess.run(
                [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "rescalehtc==1.1.0"],
                capture_output=True,
                text=True,
                check=False,
            )
            if install.returncode and UNREACHABLE.search(install.stderr):
                (base / "rescalehtc-1.1.0.missing").touch()
                pytest.skip("rescalehtc 1.1.0 cannot be installed: no package index is reachable")
            assert install.returncode == 0, install.stderr
            (base / "rescalehtc-1.1.0.ready").touch()
    return python


def run(python: Path | str, runner: str, rauthenticate: str, program: Path, home: Path) -> Any:
    """What a program prints, on a server of its own, with identifiers numbered and times masked."""
    home.mkdir()
    with LocalServer(speed=500) as server:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "RESCALE_HTC_API_URL": server.url,
            "KEY": server.api_key,
            "RAUTHENTICATE": rauthenticate,
        }
        result = subprocess.run(
            [str(python), "-c", runner, str(program)],
            env=environment,
            cwd=home,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert result.returncode == 0, result.stderr
    numbers: dict[str, str] = {}
    ordered = json.dumps(json.loads(result.stdout), sort_keys=True)
    text = IDENTIFIER.sub(lambda found: numbers.setdefault(found[0], f"<{len(numbers)}>"), ordered)
    return json.loads(PORT.sub("<server>", TIME.sub("<time>", text)))


@pytest.mark.parametrize("program", sorted(PROGRAMS.glob("*.py")), ids=lambda path: path.stem)
def test_both_versions_agree(program: Path, old_python: Path, tmp_path: Path) -> None:
    old = run(old_python, OLD_RUNNER, OLD_RAUTHENTICATE, program, tmp_path / "old")
    new = run(sys.executable, NEW_RUNNER, NEW_RAUTHENTICATE, program, tmp_path / "new")
    assert new == old
    assert old
