"""The published `rescalehtc` 1.1.0, in an environment of its own, uses the server unchanged."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

PROGRAM = Path(__file__).parent / "published_client.py"


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("v110")
    venv.create(folder, with_pip=True)
    executable = str(folder / "bin" / "python")
    pip = [executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "rescalehtc==1.1.0"]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"rescalehtc 1.1.0 cannot be installed here: {done.stderr[-300:]}")
    return executable


def test_every_function_of_1_1_0(python: str, start: Any, tmp_path: Path) -> None:
    htc = start(speed=100)
    done = subprocess.run(
        [python, "-I", str(PROGRAM), htc.server.url, htc.server.api_key],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PATH": str(Path(sys.executable).parent)},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads(done.stdout)
    failed = report.pop("failed")
    # The service would refuse what these send, or its response would break them.
    assert failed == {
        "delete_htc_projects_tasks": "JSONDecodeError",  # 1.1.0 expects JSON where the response has no body
        "get_htc_metrics": "HtcException",  # 1.1.0 never calls it
        "get_htc_projects_storage_presigned_url": "400",  # 1.1.0 does not send filePath, which is required
        "get_htc_projects_tasks_storage_presigned_url": "400",
        "post_oauth_token": "NotImplementedError",  # 1.1.0 never calls it
    }
    assert report["missing"] == []
    assert report["jobs"] == ["SUCCEEDED"] * 150
    assert report["log"] == [str(number) for number in range(249, -1, -1)]
    assert report["claim"] == "wing"
