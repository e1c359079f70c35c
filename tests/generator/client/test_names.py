"""Names of the API that Python or the generated code uses for something else still build."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from edits import fields, ref, schema, schemas, small, written

from generator.client.naming import RESERVED_CLASSES, attribute_name

pytestmark = pytest.mark.slow

_CLASSES = """
    Filter Type Format Range Set Map Object Property Input Hash Iter List Dict Tuple Zip Slice Super Vars Bytes Float
    Int Bool Open Print Compile Id Str Sum Max Datetime Date Path Client Query Segment Headers Types Errors Enum Field
    Cast Parameters Moment Page Api Functions Abs All Next Module
"""
_FIELDS = """
    unknownFields wireValues class from self cls data property classmethod toDict fromDict WIRE_NAMES nullable example
    additionalProperties default enum properties items type required description title readOnly x-odd __class__
    __init__ _private 1st a-b a.b ä get keys values pop update clear popitem setdefault read wire unknown model json
    bytes date $ref attrs cache warnings itemgetter moments cast
"""
# Reserved names are refused, see the other table.
CLASSES = [name for name in _CLASSES.split() if name not in RESERVED_CLASSES]
FIELDS = [
    *_FIELDS.split(),
    *(name for name in dir(builtins) if name.islower() and name != "next"),  # a page has it
    "with space",
    "emoji 🙂",
    "🙂",
    'quote"d',
    "back\\slash",
]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, load_client: Callable[[Path, Path], Any]) -> Any:
    document = small()
    for name in CLASSES:
        schema(name, fields(length={"type": "integer"}))(document)
        schemas(document)["Board"]["properties"][f"a{name}"] = ref(name)
    names = {attribute_name(wire): wire for wire in FIELDS}
    schema("Odd", fields(**{wire: {"type": "string"} for wire in names.values()}))(document)
    folder = tmp_path_factory.mktemp("names")
    return load_client(written(document, folder / "small.json"), folder / "client").models


@pytest.mark.parametrize("name", CLASSES)
def test_class(name: str, models: Any) -> None:
    board = models.Board.from_dict({f"a{name}": {"length": 3}})
    value = getattr(board, attribute_name(f"a{name}"))
    assert type(value) is getattr(models, name)
    assert value.length == 3
    assert board.to_dict() == {f"a{name}": {"length": 3}}


@pytest.mark.parametrize("wire", FIELDS)
def test_field(wire: str, models: Any) -> None:
    attribute = attribute_name(wire)
    wire = next(each for each in models.Odd.WIRE_NAMES if attribute_name(each) == attribute)
    odd = models.Odd(**{attribute: "v"})
    assert getattr(odd, attribute) == odd[wire] == "v"
    assert odd.to_dict() == {wire: "v"}
    read = models.Odd.from_dict({wire: "v", "unknown wire": 1})
    assert getattr(read, attribute) == "v"
    assert read.to_dict() == {wire: "v", "unknown wire": 1}
