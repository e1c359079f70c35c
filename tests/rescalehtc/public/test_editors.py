"""What editors and type checkers see: completions in jedi, public names, values in signatures."""

from __future__ import annotations

import inspect
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from rescalehtc import HtcSession, api, exceptions
from tests.support.language_server import LanguageServer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]

COMPLETIONS: list[tuple[str, set[str]]] = [
    ("from rescalehtc import HtcSession\nHtcSession().", {"with_options", "raw", "pages", "close", "bearer_expiry"}),
    ("from rescalehtc import AsyncHtcSession\nAsyncHtcSession().", {"with_options", "aclose"}),
    ("from rescalehtc import HtcSession\nHtcSession().with_options(timeout=5).", {"raw", "pages", "close"}),
    ("import rescalehtc\nrescalehtc.HtcS", {"HtcSession"}),
    ("from rescalehtc import api\napi.get_htc_projects_t", {"get_htc_projects_tasks", "get_htc_projects_tasks_jobs"}),
    ("from rescalehtc import aio\naio.", {"submit", "wait", "logs", "get_htc_projects"}),
    ("from rescalehtc.models import HTCJob\nHTCJob().", {"job_uuid", "status", "items"}),
    ("from rescalehtc import api, HtcSession\napi.get_htc_projects(HtcSession(), 'x').", {"project_id"}),
]


@pytest.mark.parametrize(("source", "expected"), COMPLETIONS, ids=[source[-30:] for source, _ in COMPLETIONS])
def test_completions(source: str, expected: set[str]) -> None:
    jedi = pytest.importorskip("jedi")
    project = jedi.Project(ROOT, added_sys_path=[str(ROOT), str(ROOT / "generated")])
    assert expected <= {completion.name for completion in jedi.Script(source, project=project).complete()}


PARAMETERS: list[tuple[str, set[str]]] = [
    ("from rescalehtc import HtcSession\nHtcSession(", {"api_key", "max_retries", "observer"}),
    ("from rescalehtc.models import HTCProject\nHTCProject(", {"project_name", "project_description"}),
]


@pytest.mark.parametrize(("source", "expected"), PARAMETERS, ids=["session", "model"])
def test_parameters(source: str, expected: set[str]) -> None:
    jedi = pytest.importorskip("jedi")
    project = jedi.Project(ROOT, added_sys_path=[str(ROOT), str(ROOT / "generated")])
    (signature,) = jedi.Script(source, project=project).get_signatures()
    assert expected <= {parameter.name for parameter in signature.params}


def test_pyright_completes_them_too() -> None:
    with LanguageServer(ROOT) as server:
        for source, expected in [*COMPLETIONS, *PARAMETERS]:
            assert expected <= server.complete(source), source


def test_signatures_show_values() -> None:
    source = inspect.getsource(HtcSession.__init__)
    for shown in ("max_retries: int = 5,", "retry_deadline: float = 120.0,", "max_connections: int = 50,"):
        assert shown in source


def test_exceptions_show_their_public_module() -> None:
    for name in exceptions.__all__:
        kind = getattr(exceptions, name)
        assert kind.__module__ == "rescalehtc.exceptions"
        assert getattr(pickle.loads(pickle.dumps(kind)), "__name__", None) == name


def test_functions_keep_their_signatures() -> None:
    assert list(inspect.signature(api.get_htc_projects).parameters)[:2] == ["session", "project_id"]
    assert pickle.loads(pickle.dumps(api.get_htc_projects)) is api.get_htc_projects


@pytest.mark.slow
def test_type_checkers_see_every_name(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from typing import assert_type\n"
        "from rescalehtc import AsyncHtcSession, HtcSession, aio, api\n"
        "from rescalehtc.htcsession import ListingPage, RawResult\n"
        "from rescalehtc.models import HTCJob, HTCTask\n"
        "from rescalehtc.observers import Attempt\n"
        "def observe(attempt: Attempt) -> None: ...\n"
        "session = HtcSession(observer=observe, api_key=lambda: 'key')\n"
        "assert_type(session.with_options(timeout=5), HtcSession)\n"
        "assert_type(session.raw(api.get_htc_projects_tasks, 'p', 't'), RawResult[HTCTask])\n"
        "for page in session.pages(api.iter_htc_projects_tasks_jobs, 'p', 't', page_size=5):\n"
        "    assert_type(page, ListingPage[HTCJob])\n"
        "async def main(session: AsyncHtcSession) -> None:\n"
        "    result = await session.raw(aio.get_htc_projects_tasks, 'p', 't')\n"
        "    assert_type(result.value, HTCTask)\n"
        "def after() -> int:\n"
        "    api.get_htc_metrics(session)\n"
        "    return 'x'\n"
        "HtcSession(max_retry=3)\n"
    )
    settings = tmp_path / "pyrightconfig.json"
    settings.write_text(f'{{"typeCheckingMode": "strict", "extraPaths": ["{ROOT}", "{ROOT / "generated"}"]}}')
    command = [sys.executable, "-m", "pyright", "-p", str(settings)]
    output = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300).stdout
    errors = [line for line in output.splitlines() if " - error: " in line]
    assert len(errors) == 2, output
    assert ":17:" in errors[0]
    assert 'No parameter named "max_retry"' in errors[1]
