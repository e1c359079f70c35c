"""The fast reader and the thorough one agree on content and lines, and the thorough one decides."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from generator.client import yaml_source
from generator.client.spec import pointer_to, walk
from generator.client.yaml_source import Source

SMALL = Path(__file__).parents[1] / "small.yaml"
TEXTS = {
    "small.yaml": SMALL.read_text(encoding="utf-8"),
    "as JSON": json.dumps(Source(SMALL.read_text(encoding="utf-8")).value, indent=1),
    "truths of YAML 1.1": "on: [yes, no, off, y, True, false, ~, null, '', 'true']\n",
    "numbers": "a: [1, -2, 0, 1.5, -2.0, 1.5e3, 1e3, 0x1F, 0o17, +3, .5, -.inf, 190:20:30, 1.2.3, 00-01]\n",
    "dates": "a: [2026-01-02, 2026-1-2, 2026-13-45, 2026-01-02T03:04:05.120+02:00]\n2026-01-02 03:04:05: b\n",
    "keys": "200: a\n'300': b\n2.5: c\ntrue: d\n",
    "folded": "a: >-\n  one\n  two\nb: |\n  three\n",
    "alias": "a: &x {b: 1}\nc: *x\n",
    "merge": "a: &x {b: 1}\nc: {<<: *x, d: 2}\n",
    "tag": "a: !!str 5\n",
    "surrogates": '{"a": "\\ud83d\\ude42 🙂"}',
}


def thorough(text: str) -> Source:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_source.yaml, "compose", lambda *_: None)
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
        assert isinstance(Source((root / name).read_text(encoding="utf-8"))._root, yaml.Node), name


def test_keys_are_strings_as_in_other_readers() -> None:
    assert Source("null: 1\ntrue: 2\n3: 4\n2026-01-02: 5\non: 6\n").value == {
        "null": 1,
        "true": 2,
        "3": 4,
        "2026-01-02": 5,
        "on": 6,
    }


@pytest.mark.parametrize("text", ["a: [\n", "a: 'x\n", "\t- a\n"])
def test_errors_come_from_the_thorough_reader(text: str) -> None:
    with pytest.raises(YAMLError) as told:
        YAML(typ="rt").load(text)
    with pytest.raises(type(told.value)) as found:
        Source(text)
    assert str(found.value) == str(told.value)


def test_tags_say_what_a_value_is() -> None:
    text = "{a: !!str 5, b: !!int '5', c: !!float 7, d: !!null '', e: !!bool 'true', !!str 6: !!timestamp 2026-1-2}"
    assert Source(text).value == {"a": "5", "b": 5, "c": 7, "d": None, "e": True, "6": "2026-1-2"}


def test_merged_keys_give_way_to_the_own_and_the_first() -> None:
    source = Source("a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  y: 3\n'<<': 4\n")
    assert source.value["c"] == {"x": 1, "z": 2, "y": 3}
    assert source.value["<<"] == 4
    assert [source.line(["c", key]) for key in "xyz"] == [1, 5, 2]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' is in line 1 already"),
        ("200: a\n'200': b\n", 2, "the key '200' is in line 1 already"),
        ("a: 1\n1.10: b\n", 2, "readers make different texts of the key 1.10"),
        ("a: 1\n~: b\n", 2, "readers make different texts of the key ~"),
        ("a: 1\nb: 010\n", 2, "readers make different values of 010"),
        ("a: 1\nb: 1_000\n", 2, "readers make different values of 1_000"),
        (f"a: 1\nb: {'9' * 5000}\n", 2, "this number has thousands of digits"),
        ("a: 1\nb:\n  - !odd c\n", 3, "the tag !odd is not supported"),
        ("a: 1\nb: !!binary aGk=\n", 2, "the tag !!binary is not supported"),
        ("a: 1\nb: !!int five\n", 2, "'five' does not fit the tag !!int"),
        ("a: 1\nb: {<<: 5}\n", 2, "`<<` merges mappings only"),
        ("a: 1\nb: x\0y\n", 2, "U+0000 must be an escape"),
        ("a: 1\nb: x\u2028y\n", 2, "U+2028 must be an escape"),
    ],
)
def test_what_readers_understand_differently_is_refused(text: str, line: int, problem: str) -> None:
    with pytest.raises(MarkedYAMLError) as told:
        Source(text)
    assert problem in str(told.value.problem)
    assert told.value.problem_mark is not None
    assert told.value.problem_mark.line + 1 == line
