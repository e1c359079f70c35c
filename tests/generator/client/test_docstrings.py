"""Docstrings say at least what the reference of the library says, and nothing false."""

from __future__ import annotations

import pytest

from generator.client.docstrings import function_docstring, streaming_docstring
from generator.client.shapes import Function
from generator.client.views import Views

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def functions(htc_views: Views) -> dict[str, Function]:
    return {function.name: function for function in htc_views.functions}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("get_auth_token", "get_bearer_token"),
        ("get_auth_whoami", "Prefer :func:`get_auth_token_whoami`"),
        ("get_htc_projects_task_retention_policy", "0 switches either of them off"),
        ("get_htc_projects_task_retention_policy", "grace period"),
        ("get_htc_projects_tasks_jobs_logs", "Default 5000"),
        ("delete_htc_projects_limits", "None acts on all of them."),
        ("get_htc_projects_limits", "None returns the whole listing."),
    ],
)
def test_function(name: str, words: str, functions: dict[str, Function]) -> None:
    assert words in " ".join(function_docstring(functions[name]).split())


def test_no_default_but_the_real_one(functions: dict[str, Function]) -> None:
    logs = functions["get_htc_projects_tasks_jobs_logs"]
    assert "Default 100" not in function_docstring(logs) + streaming_docstring(logs)
    assert "listing" not in function_docstring(functions["delete_htc_projects_limits"])
