"""Place and class of each change, compared with an independent differ: optic, from npm.

`make test-differ` installs it and runs this; if the program `optic` is not found, the test is skipped.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.changes.compare import compare

pytestmark = pytest.mark.slow

Node = dict[str, Any]
TEXT: Node = {"type": "string"}
COUNT: Node = {"type": "integer"}


def operation() -> Node:
    letters = {"type": "string", "enum": ["x", "y"]}
    request = {
        "type": "object",
        "required": ["a"],
        "properties": {"a": TEXT, "b": COUNT, "e": letters, "o": {"type": "object", "properties": {"deep": TEXT}}},
    }
    answer = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": TEXT, "n": COUNT, "e": letters, "list": {"type": "array", "items": TEXT}},
    }
    node = {
        "parameters": [
            {"name": "q", "in": "query", "schema": TEXT},
            {"name": "r", "in": "query", "required": True, "schema": {"type": "integer", "minimum": 1, "maximum": 9}},
            {"name": "l", "in": "query", "schema": {"type": "array", "items": TEXT}},
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": request}}},
        "responses": {
            "200": {
                "description": "ok",
                "headers": {"X-A": {"schema": TEXT}},
                "content": {"application/json": {"schema": answer}},
            },
            "404": {"description": "no"},
        },
    }
    return json.loads(json.dumps(node))


def param(node: Node, index: int) -> Node:
    return node["parameters"][index]


def body(node: Node) -> Node:
    return node["requestBody"]["content"]["application/json"]["schema"]


def answer(node: Node) -> Node:
    return node["responses"]["200"]["content"]["application/json"]["schema"]


CHANGES: dict[str, Callable[[Node], object] | None] = {
    "none": lambda o: None,
    "param removed": lambda o: o["parameters"].pop(0),
    "required param removed": lambda o: o["parameters"].pop(1),
    "optional param added": lambda o: o["parameters"].append({"name": "z", "in": "query", "schema": TEXT}),
    "required param added": lambda o: o["parameters"].append(
        {"name": "z", "in": "query", "required": True, "schema": TEXT}
    ),
    "param required": lambda o: param(o, 0).update(required=True),
    "param optional": lambda o: param(o, 1).update(required=False),
    "param type": lambda o: param(o, 0).update(schema=COUNT),
    "param enum": lambda o: param(o, 0).update(schema={"type": "string", "enum": ["a", "b"]}),
    "param max narrower": lambda o: param(o, 1)["schema"].update(maximum=5),
    "param max wider": lambda o: param(o, 1)["schema"].update(maximum=50),
    "param style": lambda o: param(o, 2).update(style="pipeDelimited"),
    "param explode": lambda o: param(o, 2).update(explode=False),
    "param deprecated": lambda o: param(o, 0).update(deprecated=True),
    "param in header": lambda o: param(o, 0).update({"in": "header"}),
    "param renamed": lambda o: param(o, 0).update(name="qq"),
    "body removed": lambda o: o.pop("requestBody"),
    "body optional": lambda o: o["requestBody"].update(required=False),
    "body media": lambda o: o["requestBody"].update(content={"text/plain": {"schema": TEXT}}),
    "body second media": lambda o: o["requestBody"]["content"].update({"application/xml": {"schema": body(o)}}),
    "body field added": lambda o: body(o)["properties"].update(z=TEXT),
    "body required field added": lambda o: (body(o)["properties"].update(z=TEXT), body(o)["required"].append("z")),
    "body field removed": lambda o: body(o)["properties"].pop("b"),
    "body field required": lambda o: body(o)["required"].append("b"),
    "body field optional": lambda o: body(o).pop("required"),
    "body field type": lambda o: body(o)["properties"].update(b=TEXT),
    "body enum value added": lambda o: body(o)["properties"]["e"]["enum"].append("z"),
    "body enum value removed": lambda o: body(o)["properties"]["e"]["enum"].pop(),
    "body enum dropped": lambda o: body(o)["properties"]["e"].pop("enum"),
    "body deep field added": lambda o: body(o)["properties"]["o"]["properties"].update(z=TEXT),
    "body deep field removed": lambda o: body(o)["properties"]["o"]["properties"].pop("deep"),
    "body no more fields": lambda o: body(o).update(additionalProperties=False),
    "body nullable": lambda o: body(o)["properties"]["a"].update(nullable=True),
    "answer field added": lambda o: answer(o)["properties"].update(z=TEXT),
    "answer field removed": lambda o: answer(o)["properties"].pop("n"),
    "answer required field removed": lambda o: (answer(o)["properties"].pop("id"), answer(o).pop("required")),
    "answer field required": lambda o: answer(o)["required"].append("n"),
    "answer field optional": lambda o: answer(o).pop("required"),
    "answer field type": lambda o: answer(o)["properties"].update(n=TEXT),
    "answer enum value added": lambda o: answer(o)["properties"]["e"]["enum"].append("z"),
    "answer enum value removed": lambda o: answer(o)["properties"]["e"]["enum"].pop(),
    "answer enum dropped": lambda o: answer(o)["properties"]["e"].pop("enum"),
    "answer enum new": lambda o: answer(o)["properties"]["id"].update(enum=["x"]),
    "answer nullable": lambda o: answer(o)["properties"]["id"].update(nullable=True),
    "answer item type": lambda o: answer(o)["properties"]["list"].update(items=COUNT),
    "answer to list": lambda o: o["responses"]["200"]["content"]["application/json"].update(
        schema={"type": "array", "items": TEXT}
    ),
    "answer header added": lambda o: o["responses"]["200"]["headers"].update({"X-B": {"schema": TEXT}}),
    "answer header removed": lambda o: o["responses"]["200"]["headers"].pop("X-A"),
    "answer header type": lambda o: o["responses"]["200"]["headers"]["X-A"].update(schema=COUNT),
    "answer added": lambda o: o["responses"].update({"409": {"description": "busy"}}),
    "answer removed": lambda o: o["responses"].pop("404"),
    "answer 200 to 201": lambda o: o["responses"].update({"201": o["responses"].pop("200")}),
    "answer media": lambda o: o["responses"]["200"].update(content={"text/plain": {"schema": TEXT}}),
    "answer without content": lambda o: o["responses"]["200"].pop("content"),
    "operation deprecated": lambda o: o.update(deprecated=True),
    "format": lambda o: answer(o)["properties"]["id"].update(format="date-time"),
    "pattern": lambda o: body(o)["properties"]["a"].update(pattern="^x"),
    "maxLength": lambda o: body(o)["properties"]["a"].update(maxLength=3),
    "default": lambda o: body(o)["properties"]["a"].update(default="z"),
    "oneOf": lambda o: answer(o)["properties"].update(n={"oneOf": [COUNT, TEXT]}),
    "allOf same": lambda o: o["responses"]["200"]["content"]["application/json"].update(schema={"allOf": [answer(o)]}),
    "readOnly": lambda o: body(o)["properties"]["b"].update(readOnly=True),
    "route removed": None,
    "operation servers": lambda o: o.update(servers=[{"url": "https://other.example"}]),
    "security": lambda o: o.update(security=[]),
}


# Where the two differ in class, and why ours is right for users of this package.
HARDER = {
    "the argument is gone": ["param removed", "required param removed", "param renamed", "param in header"],
    "the request must be another one": ["param style", "param explode", "param max narrower", "pattern", "maxLength"],
    "the constructor refuses it": ["body field removed", "body deep field removed", "body no more fields"],
    "the payload is another one": ["body removed", "body media"],
    "the class or its member is gone": ["body enum dropped", "answer enum dropped", "answer enum value removed"],
    "the attribute has another type": ["answer item type", "format", "oneOf"],
    "the request goes elsewhere": ["operation servers"],
}
SOFTER = {
    "the old media type still serves": ["body second media"],
    "our enums are open": ["answer enum value added"],
    "all errors are of one family": ["answer removed"],
}


def documents() -> tuple[Node, Node]:
    old: Node = {"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "servers": [{"url": "https://a.example"}]}
    old["security"] = [{"Bearer": []}]
    old["components"] = {"securitySchemes": {"Bearer": {"type": "http", "scheme": "bearer"}}}
    old["paths"] = {f"/{number}": {"post": operation()} for number in range(len(CHANGES))}
    new = copy.deepcopy(old)
    for number, edit in enumerate(CHANGES.values()):
        if edit:
            edit(new["paths"][f"/{number}"]["post"])
        else:
            del new["paths"][f"/{number}"]
    return old, new


def test_place_and_class_are_those_that_optic_finds(tmp_path: Path) -> None:
    program = shutil.which(os.environ.get("OPTIC", "optic"))
    if program is None and "OPTIC" not in os.environ:
        pytest.skip("optic is not installed: run make test-differ")
    assert program is not None, "OPTIC names no program"
    old, new = documents()
    (tmp_path / "old.json").write_text(json.dumps(old))
    (tmp_path / "new.json").write_text(json.dumps(new))
    run = subprocess.run(
        [program, "diff", "old.json", "new.json", "--check"],
        cwd=tmp_path,
        env={**os.environ, "OPTIC_TELEMETRY_LEVEL": "off"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    blocks = re.split(r"(?m)^\S+ POST /(\d+):", run.stdout)
    theirs = {
        int(n): bool(re.search(r"(?m)^\s+x \[", text)) for n, text in zip(blocks[1::2], blocks[2::2], strict=True)
    }
    assert theirs, run.stderr
    ours: dict[int, bool] = {}
    for change in compare(old, new):
        number = int(change.pointer.split("/")[2].removeprefix("~1"))
        ours[number] = ours.get(number, False) or change.impact == "breaking"
    names = list(CHANGES)
    assert {names[n] for n in ours} == {names[n] for n in theirs}
    harder = {names[n] for n in ours if ours[n] and not theirs[n]}
    softer = {names[n] for n in ours if theirs[n] and not ours[n]}
    assert harder == {name for group in HARDER.values() for name in group}
    assert softer == {name for group in SOFTER.values() for name in group}
