"""The demo succeeds, and its result is right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


def test_the_demo_estimates_pi_from_twenty_jobs() -> None:
    run = subprocess.run(
        [sys.executable, "examples/demo.py"], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "20 of 20 jobs returned a result, 0 failed" in run.stdout
    assert "log of job" in run.stdout
    assert "SUCCEEDED 20" in run.stdout
