"""The wheel, installed in an environment of its own, holds all that it needs and can talk to a server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from rescalehtc.local import LocalServer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PROGRAM = """
import sys
from importlib.metadata import version
import rescalehtc
assert sys.prefix in rescalehtc.__file__, rescalehtc.__file__
from rescalehtc import HtcSession, api
from rescalehtc.models import HTCProject
with HtcSession() as session:
    project = api.post_htc_projects(session, HTCProject(project_name="wheel", project_description="-"))
    assert api.get_htc_projects(session, project.project_id) == project
print(version("rescalehtc"))
"""


def run(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--quiet", "--outdir", folder, ROOT)
    assert len(list(folder.glob("*.tar.gz"))) == 1
    return next(folder.glob("*.whl"))


def test_the_wheel_works_where_nothing_else_is(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "fresh", with_pip=True)
    python = tmp_path / "fresh" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel)
    with LocalServer() as server:
        printed = run(
            python, "-P", "-c", PROGRAM,
            HOME=str(tmp_path), RESCALE_HTC_API_URL=server.url, RESCALE_API_TOKEN=server.api_key,
        )  # fmt: skip
    assert printed.strip() == wheel.name.split("-")[1]


def test_the_wheel_holds_the_library_and_no_more(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"rescalehtc", "rescalehtc_generated"}
    assert {
        "rescalehtc/py.typed",
        "rescalehtc_generated/py.typed",
        "rescalehtc_generated/openapi.json",
    } <= set(names)


def test_the_description_has_no_link_that_leads_nowhere_outside_of_the_repository(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    targets = re.findall(r"\]\(([^)]+)\)", archive.read(metadata).decode())
    assert targets
    assert all(target.startswith(("https://", "#")) for target in targets)
