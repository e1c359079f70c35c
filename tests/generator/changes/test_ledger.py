"""The ledger explains what differs on purpose, and says when it no longer does."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main
from generator.changes.compare import compare
from generator.changes.ledger import explain, read_ledger
from generator.changes.update import PUBLIC
from generator.client.spec import SpecError

pytestmark = pytest.mark.slow

ENTRY = "- reason: r\n  evidence: e\n  differences:\n"


def test_nothing_in_the_public_description_is_unexplained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(PUBLIC)]) == 0
    assert "no difference except the" in capsys.readouterr().out


def test_without_the_ledger_every_difference_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.yaml").write_text("")
    assert main(["compare", str(PUBLIC), "--json", "--ledger", str(tmp_path / "empty.yaml")]) == 1
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert len(changes) > 50
    assert {
        "#/paths/~1htc~1metrics/get/parameters/Accept-Encoding/schema/type",
        "#/components/schemas/TokenWhoAmI/type",
        "#/components/schemas/HTCJob/properties/workingDir",
    } <= {change["pointer"] for change in changes}


def test_a_draft_is_an_entry_that_explains_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty, draft = tmp_path / "empty.yaml", tmp_path / "draft.yaml"
    empty.write_text("")
    main(["compare", str(PUBLIC), "--draft", "--ledger", str(empty)])
    text = capsys.readouterr().out
    draft.write_text(text)
    with pytest.raises(SpecError, match=r"draft\.yaml:1: The entry has no reason"):
        read_ledger(draft)
    draft.write_text(text.replace("reason: ''", "reason: known").replace("evidence: ''", "evidence: seen"))
    assert main(["compare", str(PUBLIC), "--ledger", str(draft)]) == 0


def test_an_outdated_entry_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    public = json.loads(PUBLIC.read_text())
    (header,) = public["paths"]["/htc/metrics"]["get"]["parameters"]
    header["schema"] = {"type": "string"}
    new = tmp_path / "new.json"
    new.write_text(json.dumps(public))
    assert main(["compare", str(new)]) == 1
    printed = capsys.readouterr().out
    assert "1 outdated in the ledger" in printed
    assert "Accept-Encoding/schema/type" in printed
    assert "remove the entry" in printed
    assert main(["compare", str(new), "--markdown"]) == 1
    assert "## Deviations that no longer apply" in capsys.readouterr().out


def test_an_entry_hides_no_other_change_of_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    public = json.loads(PUBLIC.read_text())
    public["paths"]["/htc/metrics"]["get"]["parameters"][0]["schema"] = {"type": "integer"}
    new = tmp_path / "new.json"
    new.write_text(json.dumps(public))
    assert main(["compare", str(new)]) == 1
    printed = capsys.readouterr().out
    assert "~ The type of the header parameter Accept-Encoding string → integer" in printed
    assert "Noted: array. Now: integer at " in printed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- reason: [", r":1: This is not YAML"),
        ("- reason: r\n  differences: {}\n", ":1: An entry holds `reason`, `evidence` and `differences`"),
        ("- reason: r\n  evidence: e\n  differences: {}\n- 7\n", ":4: An entry holds"),
        ("- reason: r\n  evidence: ''\n  differences: {}\n", "The entry has no evidence"),
    ],
)
def test_a_ledger_must_be_complete(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.yaml"
    path.write_text(text)
    with pytest.raises(SpecError) as error:
        read_ledger(path)
    assert message in str(error.value)


def test_patterns(tmp_path: Path) -> None:
    ours: dict[str, Any] = {"paths": {"/a": {"post": {"requestBody": {"required": True}}}}}
    public: dict[str, Any] = {"paths": {"/a": {"post": {"requestBody": {}}}}}
    path = tmp_path / "ledger.yaml"
    for pattern, clean in (("#/paths/*/requestBody/required", True), ("#/paths/*/get/*", False)):
        path.write_text(f"{ENTRY}    '{pattern}': false\n")
        assert explain(compare(ours, public), read_ledger(path)).clean is clean


def test_every_entry_gives_its_reason_and_its_evidence() -> None:
    entries = read_ledger()
    assert len(entries) > 40
    for entry in entries:
        assert entry.reason.endswith("."), entry.line
        assert entry.evidence.endswith("."), entry.line
