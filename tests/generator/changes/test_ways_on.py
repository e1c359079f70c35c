"""The instructions for the maintainer work, and can be pasted."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import commands
from generator.__main__ import main
from generator.changes.compare import compare
from generator.changes.release import surface_changes
from generator.changes.update import STEPS, instruction
from generator.client.build import ROOT, SPEC
from generator.client.spec import Spec

pytestmark = pytest.mark.slow

Document = dict[str, Any]
JOBS = "/htc/projects/{projectId}/tasks/{taskId}/jobs"


def test_a_field_added_by_hand_is_reported_with_both_remedies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    public = json.loads(commands.PUBLIC.read_text(encoding="utf-8"))
    del public["components"]["schemas"]["HTCJob"]["properties"]["imageName"]
    (tmp_path / "public.json").write_text(json.dumps(public))
    monkeypatch.setattr(commands, "PUBLIC", tmp_path / "public.json")

    assert main(["check"]) == 1

    told = capsys.readouterr().err
    line = int(re.search(r"htc\.yaml:(\d+): HTCJob\.imageName \(\S+\) is added here", told)[1])  # type: ignore[index]
    assert SPEC.read_text(encoding="utf-8").splitlines()[line - 1].strip() == "imageName:"
    assert "make update SPEC=" in told
    # The entry is complete but for its reason: pasted, it explains the difference.
    entry = told[told.index("- reason: ''") :].replace("''", "'x'")
    ledger = tmp_path / "ledger.yaml"
    ledger.write_text(commands.LEDGER.read_text(encoding="utf-8") + entry, encoding="utf-8")
    monkeypatch.setattr(commands, "LEDGER", ledger)
    assert main(["check"]) == 0


ADVICE: dict[str, tuple[Callable[[Document], object], str]] = {
    "route": (lambda d: d["paths"].pop("/htc/metrics"), "DEPRECATED"),
    "parameter": (lambda d: d["paths"][JOBS]["get"]["parameters"].pop(), "PARAMETER_ALIASES"),
    "field": (lambda d: d["components"]["schemas"]["HTCJob"]["properties"].pop("imageName"), "deprecated: true"),
    "value": (lambda d: d["components"]["schemas"]["RescaleJobStatus"]["enum"].pop(), "deviations.yaml"),
}


@pytest.mark.parametrize("what", ADVICE)
def test_advice_for_removals_fits(what: str) -> None:
    ours = Spec(SPEC)
    public = copy.deepcopy(ours.document)
    edit, word = ADVICE[what]
    edit(public)
    texts = [instruction(change, ours) for change in compare(ours.document, public)]
    assert any(word in text for text in texts)
    assert "DEPRECATED" not in "".join(texts) or what in ("route", "field")


def test_commands_in_messages_can_be_pasted() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "generator" / "changes").rglob("*.py")]
    text = "\n".join([*sources, *(step.remedy for step in STEPS)])
    commands = re.findall(r"`([^`\n]*-m generator [^`\n]*)`", text)
    assert commands
    assert [each for each in commands if not each.startswith(".venv/bin/python -m generator ")] == []
    targets = set(re.findall(r"`make ([a-z]+)", text))
    assert targets
    assert targets <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_a_request_field_that_can_only_be_read_by_its_old_name_is_breaking() -> None:
    old = "m.A.name field: str = ...\n"
    new = "m.A.name property: str deprecated: A.name is now called title; the old name goes in rescalehtc 2.1\n"
    (change,) = surface_changes(old, new)
    assert change.impact == "breaking"
    assert "the constructor no longer takes it" in change.what
