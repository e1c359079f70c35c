"""The notebook runs from top to bottom, and every cell shows something that helps."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from rescalehtc.results import JobResults
from rescalehtc.submission import Submission
from rescalehtc.waiting import JobCounts

pytestmark = pytest.mark.slow

NOTEBOOK = Path(__file__).parents[2] / "examples" / "notebook.ipynb"


def run_cell(source: str, names: dict[str, Any]) -> Any:
    """Run a cell as a kernel does; return the value of its last line if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def test_every_cell(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RESCALE_HTC_REFRESH_TOKEN", "RESCALE_HTC_BEARER_TOKEN", "HTC_IMAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RESCALE_HTC_API_URL", server.url)
    monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
    monkeypatch.syspath_prepend(str(NOTEBOOK.parent))

    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    # Outputs come from one run on one machine: they do not belong in the repository.
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    names: dict[str, Any] = {}
    shown = [run_cell("".join(cell["source"]), names) for cell in cells]

    task, submission, counts, results, failed, squares, record, _ = shown
    assert repr(task).startswith("HtcTask(name='notebook'")
    assert isinstance(submission, Submission)
    assert "accepted" in submission._repr_html_()
    assert isinstance(counts, JobCounts)
    assert (counts.succeeded, counts.failed) == (11, 1)
    assert isinstance(results, JobResults)
    assert "ErrorNonZeroContainerExitCode" in results._repr_html_()
    assert [result.index for result in failed] == [7]
    assert squares == {index: index * index for index in range(12)}
    assert record["status"] == "SUCCEEDED"
    assert names["session"].closed
