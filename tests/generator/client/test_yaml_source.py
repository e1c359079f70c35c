"""The fast reader and the thorough one agree on content and lines, and the thorough one decides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from generator.client import yaml_source
from generator.client.spec import pointer_to, walk
from generator.client.yaml_source import Source

SMALL = Path(__file__).parents[1] / "small.yaml"
TEXTS = {
    "small.yaml": SMALL.read_text(encoding="utf-8"),
    "as JSON": json.dumps(Source(SMALL.read_text(encoding="utf-8")).value, indent=1),
    "truths of YAML 1.1": "on: [yes, no, off, y, True, false, ~, null, '', 'true']\n",
    "numbers": "a: [1, -2, 0, 1.5, -2.0, 1.5e3, 1e3, 0x1F, 0o17, 010, 1_000, +3, .5, 190:20:30, 1.2.3, 00-01]\n",
    "dates": "a: [2026-01-02, '2026-01-02']\n",
    "keys": "200: a\n'300': b\n2.5: c\ntrue: d\n",
    "folded": "a: >-\n  one\n  two\nb: |\n  three\n",
    "alias": "a: &x {b: 1}\nc: *x\n",
    "merge": "a: &x {b: 1}\nc: {<<: *x, d: 2}\n",
    "tag": "a: !!str 5\n",
    "surrogates": '{"a": "\\ud83d\\ude42 🙂"}',
}


def thorough(text: str) -> Source:
    with pytest.MonkeyPatch.context() as patch:

        def refuse(*_: Any) -> Any:
            raise yaml_source._Unusual

        patch.setattr(yaml_source.yaml, "compose", refuse)
        return Source(text)


@pytest.mark.parametrize("name", TEXTS)
def test_both_readers_agree(name: str) -> None:
    fast, slow = Source(TEXTS[name]), thorough(TEXTS[name])
    assert json.dumps(fast.value) == json.dumps(slow.value)
    for pointer, _ in walk(fast.value):
        tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
        assert fast.line(tokens) == slow.line(tokens), pointer
    missing = pointer_to("nowhere", "7").split("/")[1:]
    assert fast.line(missing) == slow.line(missing) == 1


@pytest.mark.slow
def test_our_descriptions_are_read_fast() -> None:
    root = Path(__file__).parents[3] / "openapi"
    for name in ("htc.yaml", "public.json", "deviations.yaml"):
        assert Source((root / name).read_text(encoding="utf-8"))._node is not None, name


def test_keys_are_strings_as_in_other_readers() -> None:
    assert Source("null: 1\ntrue: 2\n3: 4\n2026-01-02: 5\non: 6\n").value == {
        "null": 1,
        "true": 2,
        "3": 4,
        "2026-01-02": 5,
        "on": 6,
    }


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a: [\n", "a: 'x\n", "\t- a\n"])
def test_errors_come_from_the_thorough_reader(text: str) -> None:
    with pytest.raises(YAMLError) as told:
        YAML(typ="rt").load(text)
    with pytest.raises(type(told.value)) as found:
        Source(text)
    assert str(found.value) == str(told.value)
