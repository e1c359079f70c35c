"""A bar appears where somebody looks, and nowhere else."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from rescalehtc import progress
from rescalehtc.exceptions import HtcMissingExtraError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_shows_statuses() -> None:
    output = Terminal()
    display = progress.RichDisplay(Console(file=output, force_terminal=True, width=120))
    display.update({"RUNNING": 3, "STARTING": 0, "SUCCEEDED": 7}, 10)
    display.close()
    shown = output.getvalue()
    assert "7/10" in shown
    assert "RUNNING 3" in shown
    assert "STARTING" not in shown


@pytest.mark.parametrize("setting", [None, False])
def test_nothing_is_shown_where_nobody_looks(
    setting: bool | None, capfd: pytest.CaptureFixture[str], client: Any, service: Any, task: Any
) -> None:
    service.counts = [{"SUCCEEDED": 1}]
    client.wait(task, progress=setting)
    assert capfd.readouterr() == ("", "")


def test_a_terminal_gets_a_bar_by_itself(monkeypatch: pytest.MonkeyPatch, client: Any, service: Any, task: Any) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    service.counts = [{"SUCCEEDED": 1}]
    client.wait(task)
    assert "SUCCEEDED 1" in terminal.getvalue()


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, client: Any, service: Any, task: Any) -> None:
    for name in ("rich", "rich.console", "rich.progress"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(progress, "find_spec", lambda name: None)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    service.counts = [{"SUCCEEDED": 1}]
    client.wait(task)
    assert terminal.getvalue() == ""
    with pytest.raises(HtcMissingExtraError, match=r"rescalehtc\[progress\]"):
        client.wait(task, progress=True)


def test_a_notebook_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = type("ZMQInteractiveShell", (), {})()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))  # type: ignore[arg-type]
    assert progress._in_notebook()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))  # type: ignore[arg-type]
    assert not progress._in_notebook()
