"""A progress bar appears in terminals and notebooks, and nowhere else."""

from __future__ import annotations

import io
import logging
import re
import sys
from types import ModuleType, SimpleNamespace
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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The time that displays see."""
    clock = SimpleNamespace(now=1000.0)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr(progress, "time", clock)
    return clock


def lines_of(output: str) -> list[str]:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", output).replace("\r", "\n").splitlines()


def test_the_bar_has_rate_and_time_left_and_keeps_its_width(clock: SimpleNamespace) -> None:
    output = Terminal()
    display = progress.TerminalDisplay(Console(file=output, force_terminal=True, width=80))
    for ended in range(0, 1_000_001, 250_000):
        waiting = 1_000_000 - ended
        counts = {"SUBMITTED_TO_RESCALE": waiting, "SUBMITTED_TO_PROVIDER": ended // 9, "SUCCEEDED": ended}
        display.update(counts, 1_000_000)
        clock.now += 3600
    display.close()
    bars = [line for line in lines_of(output.getvalue()) if line.startswith("jobs")]
    assert {re.search("[╸━]+╺?[╸━]*", line).end() for line in bars} == {25}  # type: ignore[union-attr]
    assert max(map(len, lines_of(output.getvalue()))) <= 80
    assert "500000/1000000" in "".join(bars)
    assert any("69.4 jobs/s, 2:00:00 left" in line for line in bars)
    assert bars[-1].rstrip().endswith("69.4 jobs/s")


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.5, "20.0 jobs/s, 0:00:04 left"), (30, "20.0 jobs/min, 0:04:30 left"), (5400, "6.7 jobs/h, 13:30:00 left"),
     (864000, "1.0 jobs/day, 2160:00:00 left"), (0, "")],
)  # fmt: skip
def test_a_rate_in_a_unit_that_can_be_read(clock: SimpleNamespace, seconds: float, shown: str) -> None:
    rate = progress._Rate()
    assert rate.text(0, 100) == ""
    clock.now += seconds
    assert rate.text(10, 100) == shown


def test_the_rate_is_that_of_the_last_minutes(clock: SimpleNamespace) -> None:
    rate = progress._Rate()
    for ended in (0, 100, 200, 201, 202, 203):
        clock.now += 200
        shown = rate.text(ended, 1000)
    assert shown.startswith("18.0 jobs/h")
    clock.now += 1
    assert rate.text(0, 1000) == ""  # jobs were submitted again


def test_without_a_terminal_lines_are_logged_at_intervals(
    clock: SimpleNamespace, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO, "rescalehtc")
    display = progress.open_display(None)
    for ended in range(10):
        display.update({"RUNNING": 10 - ended, "SUCCEEDED": ended}, 20)
        clock.now += 10
    display.close()
    display.close()
    assert [record.getMessage() for record in caplog.records] == [
        "0 of 10 jobs ended (10 RUNNING)",
        "3 of 10 jobs ended (7 RUNNING, 3 SUCCEEDED); 6.0 jobs/min, 0:02:50 left",
        "6 of 10 jobs ended (4 RUNNING, 6 SUCCEEDED); 6.0 jobs/min, 0:02:20 left",
        "9 of 10 jobs ended (1 RUNNING, 9 SUCCEEDED); 6.0 jobs/min, 0:01:50 left",
    ]
    assert {record.levelname for record in caplog.records} == {"INFO"}
    assert capfd.readouterr() == ("", "")


def test_the_last_state_is_logged(clock: SimpleNamespace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "rescalehtc")
    display = progress.open_display(None)
    display.update({"RUNNING": 1}, 1)
    clock.now += 1
    display.update({"SUCCEEDED": 1}, 1)
    display.close()
    assert caplog.records[-1].getMessage() == "1 of 1 jobs ended (1 SUCCEEDED); 1.0 jobs/s"


@pytest.mark.parametrize("setting", [None, False])
def test_nothing_is_shown_without_a_terminal(
    setting: bool | None, capfd: pytest.CaptureFixture[str], study: Any, service: Any, task: Any
) -> None:
    service.counts = [{"SUCCEEDED": 1}]
    study.wait(task, progress=setting)
    assert capfd.readouterr() == ("", "")


def test_a_terminal_gets_a_bar_by_itself(monkeypatch: pytest.MonkeyPatch, study: Any, service: Any, task: Any) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    service.counts = [{"SUCCEEDED": 1}]
    study.wait(task)
    assert "SUCCEEDED 1" in terminal.getvalue()


def test_without_the_extra_a_hint_appears_once(
    monkeypatch: pytest.MonkeyPatch, study: Any, service: Any, task: Any
) -> None:
    for name in ("rich", "rich.console", "rich.progress"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(progress, "find_spec", lambda name: None)
    monkeypatch.setattr(progress, "_hinted", False)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    service.counts = [{"SUCCEEDED": 1}]
    study.wait(task)
    assert terminal.getvalue() == ""  # the wait was over at once
    for _ in range(2):
        service.counts = [{"RUNNING": 1}, {"RUNNING": 1}, {"SUCCEEDED": 1}]
        study.wait(task, min_interval_seconds=0.001, max_interval_seconds=0.001)
    assert terminal.getvalue().count('pip install "rescalehtc[progress]"') == 1
    with pytest.raises(HtcMissingExtraError, match=r"rescalehtc\[progress\]"):
        study.wait(task, progress=True)


class Handle:
    """What IPython gives to change something that was displayed."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def update(self, content: str) -> None:
        self.shown.append(content)


@pytest.mark.parametrize("setting", [None, True])
def test_a_notebook_gets_a_bar_without_the_extra(
    monkeypatch: pytest.MonkeyPatch, study: Any, service: Any, task: Any, setting: bool | None
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
    study.wait(task, progress=setting, min_interval_seconds=0.001)
    assert len(handle.shown) == 2
    assert re.search('<progress value="2" max="3"[^>]*></progress> 2 of 3 jobs ended<', handle.shown[0])
    assert re.search("3 of 3 jobs ended, [0-9.]+ jobs/s<", handle.shown[1])
    assert "<td>SUCCEEDED</td><td>3</td>" in handle.shown[1]
    assert "RUNNING" not in handle.shown[1]


def test_a_shell_of_ipython_is_not_a_notebook(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], study: Any, service: Any, task: Any
) -> None:
    ipython = ModuleType("IPython")
    ipython.get_ipython = lambda: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    service.counts = [{"SUCCEEDED": 1}]
    study.wait(task)
    assert capfd.readouterr() == ("", "")
