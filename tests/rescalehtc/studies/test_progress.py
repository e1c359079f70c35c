"""A bar appears where somebody looks, and nowhere else."""

from __future__ import annotations

import io
import sys
from types import ModuleType
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
    display = progress.TerminalDisplay(Console(file=output, force_terminal=True, width=120))
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


class Handle:
    """What IPython gives to change something that was displayed."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def update(self, content: str) -> None:
        self.shown.append(content)


@pytest.mark.parametrize("setting", [None, True])
def test_a_notebook_gets_a_bar_without_the_extra(
    monkeypatch: pytest.MonkeyPatch, client: Any, service: Any, task: Any, setting: bool | None
) -> None:
    handle = Handle()

    def display(content: str, display_id: bool) -> Handle:
        assert display_id
        handle.update(content)
        return handle

    shell = type("ZMQInteractiveShell", (), {})()
    ipython = ModuleType("IPython")
    ipython.get_ipython = lambda: shell  # type: ignore[attr-defined]
    displays = ModuleType("IPython.display")
    displays.HTML, displays.display = str, display  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", displays)
    monkeypatch.setitem(sys.modules, "rich", None)
    service.counts = [{"RUNNING": 1, "SUCCEEDED": 2}, {"RUNNING": 0, "SUCCEEDED": 3}]
    client.wait(task, progress=setting, min_interval_seconds=0.001)
    assert len(handle.shown) == 2
    assert '<progress value="2" max="3"></progress> 2 of 3 jobs ended' in handle.shown[0]
    assert "<td>SUCCEEDED</td><td>3</td>" in handle.shown[1]
    assert "RUNNING" not in handle.shown[1]


def test_a_shell_of_ipython_is_no_notebook(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], client: Any, service: Any, task: Any
) -> None:
    ipython = ModuleType("IPython")
    ipython.get_ipython = lambda: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    service.counts = [{"SUCCEEDED": 1}]
    client.wait(task)
    assert capfd.readouterr() == ("", "")
