"""`make update`: each step in turn, and what to do if one fails."""

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator.__main__ import main
from generator.changes import update
from generator.changes.compare import compare
from generator.changes.ledger import explain, read_ledger
from generator.changes.update import PUBLIC, STEPS, follow, instruction, keep
from generator.client import naming
from generator.client.build import SPEC
from generator.client.spec import Spec, pointer_to, unused_components

pytestmark = pytest.mark.slow

CLEAN = explain([], [])


class Runner:
    """Notes the commands; the one that holds ``fails`` fails."""

    def __init__(self, fails: str = "") -> None:
        self.commands: list[str] = []
        self.fails = fails

    def __call__(self, command: list[str]) -> int:
        self.commands.append(" ".join(command))
        return int(bool(self.fails) and self.fails in self.commands[-1])


def test_all_steps_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    run = Runner()
    assert follow(CLEAN, Spec(SPEC), run=run) == 0
    assert run.commands == [" ".join(step.command) for step in STEPS]
    # The difference for users is shown before the surface is announced, and tests run on what will be committed.
    words = ("build", "tests/openapi", "changes", "surface", "pytest -n 2")
    order = [next(i for i, c in enumerate(run.commands) if word in c) for word in words]
    assert order == sorted(order)
    assert capsys.readouterr().out.rstrip().endswith("commit everything together.")


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_a_step_that_fails_stops_the_rest_and_says_what_to_do(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    step = STEPS[number]
    run = Runner(fails=" ".join(step.command))
    first = next(i for i, each in enumerate(STEPS) if run.fails in " ".join(each.command))
    assert follow(CLEAN, Spec(SPEC), run=run) == 1
    assert len(run.commands) == first + 1
    assert f"Stopped at: {STEPS[first].title}\n  {STEPS[first].remedy}" in capsys.readouterr().err


def test_nothing_runs_before_the_description_is_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Runner()
    monkeypatch.setattr(update, "_run", run)
    public = json.loads(PUBLIC.read_text())
    field = {"type": "integer", "description": "Their words.", "example": 9}
    public["components"]["schemas"]["HTCJob"]["properties"]["fieldOfATest"] = field
    public["paths"]["/htc/metrics"]["get"]["parameters"][0]["schema"] = {"type": "string"}
    (tmp_path / "new.json").write_text(json.dumps(public))
    assert main(["update", str(tmp_path / "new.json")]) == 1
    printed = capsys.readouterr().out
    assert run.commands == []
    assert "add #/components/schemas/HTCJob/properties/fieldOfATest" in printed
    assert "    fieldOfATest:\n      type: integer\n      description: ''\n\n" in printed
    assert "Their words" not in printed
    assert "remove or correct the entry for #/paths/~1htc~1metrics/get/parameters/Accept-Encoding" in printed
    assert main(["update", str(PUBLIC)]) == 0
    assert len(run.commands) == len(STEPS)


def test_the_description_is_kept_without_its_prose(tmp_path: Path) -> None:
    field = {"type": "string", "description": "Their words.", "example": "theirs"}
    schema = {"type": "object", "title": "Their title", "properties": {"description": field, "size": field}}
    keep({"components": {"schemas": {"Thing": schema}}}, tmp_path / "public.json")
    kept = json.loads((tmp_path / "public.json").read_text())["components"]["schemas"]["Thing"]
    assert kept == {"type": "object", "properties": {"description": {"type": "string"}, "size": {"type": "string"}}}


def test_an_instruction_names_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    def edited(edit: Callable[[dict[str, Any]], object]) -> str:
        public = copy.deepcopy(ours.document)
        edit(public)
        (change,) = compare(ours.document, public)
        return instruction(change, ours)

    ours = Spec(SPEC)
    lines = SPEC.read_text(encoding="utf-8").splitlines()
    text = edited(lambda d: d["components"]["schemas"]["HTCJob"]["properties"].pop("imageName"))
    line = int(text.split(":")[1])
    assert lines[line - 1].strip() == "imageName:"
    assert "in Python: HTCJob.image_name" in text
    assert "DEPRECATED in generator/client/naming.py" in text

    node = {"name": "zone", "in": "query", "schema": {"type": "string"}}
    text = edited(lambda d: d["paths"]["/htc/projects"]["get"]["parameters"].append(node))
    assert "    - name: zone\n      in: query\n" in text


def test_a_new_route_is_shown_as_it_is_pasted_with_the_schemas_that_we_lack() -> None:
    ours = Spec(SPEC)
    public = json.loads(PUBLIC.read_text())
    route = copy.deepcopy(public["paths"]["/htc/projects/{projectId}"]["get"])
    schema = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Step"}}}
    route["responses"]["200"]["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/Plan"}}}
    public["components"]["schemas"].update(Plan=schema, Step=schema)
    public["paths"]["/htc/projects/{projectId}/plan"] = {"get": {**route, "operationId": "getPlan"}}
    (change,) = explain(compare(ours.document, public), read_ledger()).unexplained
    blocks = instruction(change, ours).split("  to paste ")
    assert [block.splitlines()[0] for block in blocks[1:]] == [
        "below paths:",
        "below components/schemas:",
        "below components/schemas:",
    ]
    path, plan, step = ("\n".join(block.splitlines()[1:]) for block in blocks[1:])
    assert path.startswith("    /htc/projects/{projectId}/plan:\n      get:\n        operationId: getPlan\n")
    # Parameters, errors and tags that our routes have already are not written a second time.
    assert "- $ref: '#/components/parameters/ProjectId'" in path
    assert "'404':\n            $ref: '#/components/responses/NotFound'" in path
    assert "tags:\n          - Project\n" in path
    assert plan.startswith("    Plan:\n      type: object\n      description: ''\n")
    assert step.startswith("    Step:\n")

    # After pasting it and filling in words, nothing is left to do.
    yaml = YAML(typ="safe")
    ours.document["paths"].update(yaml.load(path))
    ours.document["components"]["schemas"].update({**yaml.load(plan), **yaml.load(step)})
    assert explain(compare(ours.document, public), read_ledger()).unexplained == []


def test_a_renamed_path_parameter_is_one_change_with_the_alias_to_add() -> None:
    ours = Spec(SPEC)
    public = json.loads(PUBLIC.read_text())
    path = next(path for path, item in public["paths"].items() if path.count("{") == 1 and list(item) == ["get"])
    old = path.partition("{")[2].partition("}")[0]
    renamed = json.loads(json.dumps(public["paths"].pop(path)).replace(f'"name": "{old}"', '"name": "zone"'))
    public["paths"][path.replace(old, "zone")] = renamed
    (change,) = explain(compare(ours.document, public), read_ledger()).unexplained
    assert (change.what, change.impact) == (f"The path parameter {old} is now called zone", "breaking")
    told = instruction(change, ours)
    assert f"to write instead: {path.replace(old, 'zone')}" in told
    operation = ours.document["paths"][path]["get"]["operationId"]
    assert f'("{operation}", "zone"): "{naming.python_name(old)}",' in told


def test_the_remains_of_a_removed_route_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    ours = Spec(SPEC)
    public = json.loads(PUBLIC.read_text())
    path = next(path for path in public["paths"] if path.endswith("/cancel"))
    del public["paths"][path]
    assert follow(explain(compare(ours.document, public), read_ledger()), ours, run=Runner()) == 1
    told = capsys.readouterr().out
    assert f"remove {pointer_to('paths', path, 'post')}" in told
    named = told.partition("These files name what is gone:\n")[2].partition("\n\n")[0]
    assert re.search(r"^  rescalehtc/local/_handlers/\w+\.py:[\d, ]+$", named, re.MULTILINE)
    assert "  tests/e2e/test_operations.py:" in named


def test_files_that_send_a_removed_parameter_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    ours = Spec(SPEC)
    public = json.loads(PUBLIC.read_text())
    parameters = public["paths"]["/htc/projects"]["get"]["parameters"]
    parameters[:] = [each for each in parameters if each["name"] != "pageSize"]
    assert follow(explain(compare(ours.document, public), read_ledger()), ours, run=Runner()) == 1
    named = capsys.readouterr().out.partition("These files name what is gone:\n")[2].partition("\n\n")[0]
    # By the name of the API and by that of the argument, and every line.
    assert re.search(r"^  tests/local/wire/test_paging\.py:\d+, \d+", named, re.MULTILINE)
    assert "  rescalehtc/_studies/aio/job_pool.py:" in named


def test_components_that_no_route_uses_are_unused() -> None:
    document = {
        "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/components/responses/Ok"}}}}},
        "components": {
            "responses": {"Ok": {"schema": {"$ref": "#/components/schemas/A"}}, "No": {}},
            "schemas": {"A": {"items": {"$ref": "#/components/schemas/A"}}, "B": {}},
            "securitySchemes": {"Bearer": {}},
        },
    }
    assert unused_components(document) == ["#/components/responses/No", "#/components/schemas/B"]
