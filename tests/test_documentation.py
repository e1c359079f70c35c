"""Every Python sample of the documentation runs, on a local server, in the order of its page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rescalehtc.local import LocalServer

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_samples_run(page: Path, tmp_path: Path) -> None:
    samples = SAMPLE.findall(page.read_text(encoding="utf-8"))
    if not samples:
        pytest.skip("a page without Python samples")
    with LocalServer(speed=200) as server:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "RESCALE_HTC_API_URL": server.url,
            "RESCALE_API_TOKEN": server.api_key,
            "PYTHONWARNINGS": "error",
        }
        for number, sample in enumerate(samples, start=1):
            run = subprocess.run(
                [sys.executable, "-c", sample],
                env=environment,
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert run.returncode == 0, f"sample {number} of {page.name}:\n{sample}\n{run.stderr}"
