"""Every Python sample of the documentation runs, on a local server, in the order of its page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rescalehtc.local import LocalServer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAMPLES = {
    str(page.relative_to(ROOT)): SAMPLE.findall(page.read_text(encoding="utf-8"))
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
}


@pytest.mark.parametrize("page", [page for page, samples in SAMPLES.items() if samples])
def test_samples_run(page: str, tmp_path: Path) -> None:
    with LocalServer(speed=200) as server:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "RESCALE_HTC_API_URL": server.url,
            "RESCALE_API_TOKEN": server.api_key,
            "PYTHONWARNINGS": "error",
        }
        for number, sample in enumerate(SAMPLES[page], start=1):
            run = subprocess.run(
                [sys.executable, "-c", sample],
                env=environment,
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert run.returncode == 0, f"sample {number} of {page}:\n{sample}\n{run.stderr}"
