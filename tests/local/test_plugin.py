"""The pytest plugin, as the tests of an application use it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TESTS = """
import os, subprocess, sys
from pathlib import Path
import pytest
from rescalehtc import AsyncHtcSession, HtcSession, api, aio
from rescalehtc.exceptions import HtcServerError
from rescalehtc.local import LocalServer

PROJECT = {"projectName": "p", "projectDescription": "-"}
servers = []

@pytest.mark.parametrize("number", range(2))
def test_each_test_has_a_server_of_its_own(htc_server, htc_session, number):
    assert isinstance(htc_server, LocalServer)
    assert isinstance(htc_session, HtcSession)
    assert htc_server.url not in servers
    servers.append(htc_server.url)
    assert api.get_htc_projects(htc_session) == []
    api.post_htc_projects(htc_session, PROJECT)
    assert len(api.get_htc_projects(htc_session)) == 1

async def test_async(htc_server, htc_session, htc_async_session):
    assert isinstance(htc_async_session, AsyncHtcSession)
    await aio.post_htc_projects(htc_async_session, PROJECT)
    assert len(api.get_htc_projects(htc_session)) == 1

def test_faults_and_clock(htc_server, htc_session):
    htc_server.faults.add("status", "createProject", status=500)
    with pytest.raises(HtcServerError):
        api.post_htc_projects(htc_session, PROJECT)
    api.post_htc_projects(htc_session, PROJECT)
    htc_server.clock.advance(7 * 3600)
    assert len(api.get_htc_projects(htc_session)) == 1

@pytest.mark.htc_server(workspace_vcpus=7)
class TestOptions:
    def test_of_the_class(self, htc_server, htc_session):
        assert api.get_htc_workspaces_limits(htc_session, "local").vcpus == 7

    @pytest.mark.htc_server(workspace_vcpus=8, speed=3)
    def test_of_the_test(self, htc_server, htc_session):
        assert api.get_htc_workspaces_limits(htc_session, "local").vcpus == 8
        assert htc_server.clock.speed == 3

PROGRAM = '''
from rescalehtc import HtcSession, api
with HtcSession() as session:
    print(api.post_htc_projects(session, {"projectName": "of a program", "projectDescription": "-"}).project_name)
'''

def test_code_that_makes_its_own_session(htc_environment, htc_session):
    with HtcSession() as session:
        api.post_htc_projects(session, PROJECT)
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "of a program"
    assert done.stderr == ""
    assert len(api.get_htc_projects(htc_session)) == 2
"""


@pytest.mark.parametrize("mode", ["auto", "strict"])
def test_the_fixtures(tmp_path: Path, mode: str) -> None:
    marked = TESTS.replace("async def", "@pytest.mark.asyncio\nasync def") if mode == "strict" else TESTS
    (tmp_path / "test_application.py").write_text(marked)
    home = tmp_path / "home"
    secret = home / ".config" / "rescalehtc" / "default" / "rescale_api_token.txt"
    secret.parent.mkdir(parents=True)
    secret.write_text("the key of the developer")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "--strict-markers"),
            # By name: the environment may have been installed before the entry point was there.
            *("-p", "rescalehtc.testing", "-p", "pytest_asyncio.plugin", "-o", f"asyncio_mode={mode}"),
            *("-o", "asyncio_default_fixture_loop_scope=function", str(tmp_path)),
        ],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "7 passed" in done.stdout
    assert [path.name for path in secret.parent.iterdir()] == [secret.name]
    assert secret.read_text() == "the key of the developer"


def test_pytest_finds_it_by_itself() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    module = project["entry-points"]["pytest11"]["rescalehtc"]
    for fixture in ("htc_server", "htc_session", "htc_environment"):
        assert hasattr(import_module(module), fixture)
    assert any(wanted.startswith("rescalehtc[local]") for wanted in project["optional-dependencies"]["testing"])


def test_loading_the_plugin_costs_next_to_nothing() -> None:
    code = (
        "import sys, pytest; before = set(sys.modules); import rescalehtc.testing; "
        "print(sorted(name for name in set(sys.modules) - before if not name.startswith('rescalehtc')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


WITHOUT_ASYNCIO = """
from rescalehtc import api

PROJECT = {"projectName": "p", "projectDescription": "-"}

def test_sync_fixtures(htc_session, htc_server):
    api.post_htc_projects(htc_session, PROJECT)
    assert htc_server.requests.count("createProject") == 1

def test_a_shared_server(htc_shared_server):
    from rescalehtc import HtcSession
    with HtcSession(api_key=htc_shared_server.api_key, base_url=htc_shared_server.url) as session:
        api.post_htc_projects(session, PROJECT)

def test_it_is_clean_after_a_reset(htc_shared_server):
    from rescalehtc import HtcSession
    htc_shared_server.reset()
    with HtcSession(api_key=htc_shared_server.api_key, base_url=htc_shared_server.url) as session:
        assert api.get_htc_projects(session) == []
"""


def test_without_pytest_asyncio_there_is_no_warning(tmp_path: Path) -> None:
    (tmp_path / "test_application.py").write_text(WITHOUT_ASYNCIO)
    options = ["-q", "-p", "no:cacheprovider", "-W", "error", "--strict-markers", "-p", "rescalehtc.testing"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path)],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert not any("asyncio" in wanted for wanted in extras["testing"])
