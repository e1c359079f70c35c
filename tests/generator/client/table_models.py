"""Changes of schemas."""

from edits import both, field, fields, ref, schema, schemas
from table import ANIMALS, CAT_OR_DOG, TEXT, Case, read_back

_ANIMALS = both(*(schema(name, value) for name, value in ANIMALS.items()))
_MAPPING = {"propertyName": "kind", "mapping": {"puss": "#/components/schemas/Cat"}}
_COUNTS = {"type": "object", "additionalProperties": {"type": "integer"}}
_TIMES = {"type": "array", "items": {"type": "string", "format": "date-time"}}
_HEAVY = {"description": "Heavy.", "allOf": [ref("Board"), fields(weight={"type": "number"})]}

MODELS: dict[str, Case] = {
    "title on a schema": read_back(field({"type": "string", "title": "No Name"}), "x"),
    "title on a named schema": read_back(both(lambda d: schemas(d)["Board"].update(title="a b"), field(TEXT)), "x"),
    "default": read_back(field({"type": "integer", "default": 3}), 4),
    "date": read_back(field({"type": "string", "format": "date"}), "2026-01-02", lambda m, v: v == "2026-01-02"),
    "uuid": read_back(field({"type": "string", "format": "uuid"}), "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"),
    "byte": read_back(field({"type": "string", "format": "byte"}), "aGk="),
    "another format": read_back(field({"type": "string", "format": "e-mail"}), "a@b"),
    "list of timestamps": read_back(field(_TIMES), ["2026-01-02T03:04:05Z"]),
    "constant": read_back(field({"type": "string", "enum": ["shelf"]}), "shelf"),
    "written only, required": read_back(
        both(field({"type": "string", "writeOnly": True}), lambda d: schemas(d)["Shelf"]["required"].append("odd")),
        "x",
        lambda m, v: "None" in str(m.Shelf.__annotations__["odd"]),
    ),
    "both truths": read_back(field({"type": "boolean", "enum": [True, False]}), True),
    "no type": read_back(field({"minLength": 1}), {"any": [1, None]}),
    "extension": read_back(field({"type": "string", "x-note": {"a": [1]}}), "x"),
    "discriminator": read_back(
        both(_ANIMALS, field(CAT_OR_DOG)),
        {"kind": "Dog", "barks": True},
        lambda m, v: type(v) is m.Dog and v.barks,
    ),
    "discriminator with a mapping": read_back(
        both(_ANIMALS, field({**CAT_OR_DOG, "discriminator": _MAPPING})),
        {"kind": "puss", "lives": 9},
        lambda m, v: type(v) is m.Cat,
    ),
    "unknown kind": read_back(both(_ANIMALS, field(CAT_OR_DOG)), {"kind": "Cow"}, lambda m, v: v == {"kind": "Cow"}),
    "list of a choice": read_back(
        both(_ANIMALS, field({"type": "array", "items": CAT_OR_DOG})),
        [{"kind": "Cat", "lives": 1}, {"kind": "Dog"}],
        lambda m, v: [type(each) for each in v] == [m.Cat, m.Dog],
    ),
    "named choice": read_back(
        both(_ANIMALS, schema("Pet", {**CAT_OR_DOG, "description": "A pet."}), field(ref("Pet"))),
        {"kind": "Cat"},
        lambda m, v: type(v) is m.Cat,
    ),
    "object, list or text": read_back(
        field({"oneOf": [ref("Board"), {"type": "array", "items": ref("Key")}, TEXT]}),
        [{"secret": "s"}],
        lambda m, v: type(v[0]) is m.Key,
    ),
    "allOf of two objects": read_back(
        both(schema("Both", {"description": "Both.", "allOf": [ref("Key"), ref("Board")]}), field(ref("Both"))),
        {"secret": "s", "length": 3},
        lambda m, v: type(v) is m.Both and (v.secret, v.length) == ("s", 3),
    ),
    "allOf with fields of its own": read_back(
        both(schema("Heavy", _HEAVY), field(ref("Heavy"))),
        {"length": 3, "weight": 1.5},
        lambda m, v: (v.length, v.weight) == (3, 1.5),
    ),
    "allOf in three generations": read_back(
        both(
            schema("Heavy", _HEAVY),
            schema("Old", {"description": "Old.", "allOf": [ref("Heavy"), fields(age={"type": "integer"})]}),
            field(ref("Old")),
        ),
        {"length": 3, "weight": 1.5, "age": 7},
        lambda m, v: (v.length, v.weight, v.age) == (3, 1.5, 7),
    ),
    "allOf as another name": read_back(
        both(schema("Keys", {"description": "A key.", "allOf": [ref("Key")]}), field(ref("Keys"))),
        {"secret": "s"},
        lambda m, v: type(v) is m.Keys and v.secret == "s",
    ),
    "reference to a map": read_back(both(schema("Counts", _COUNTS), field({"allOf": [ref("Counts")]})), {"a": 1}),
    "reference to a list": read_back(
        both(schema("Boards", {"type": "array", "items": ref("Board")}), field({"allOf": [ref("Boards")]})),
        [{"length": 1}],
        lambda m, v: type(v[0]) is m.Board,
    ),
    "map of lists of objects": read_back(
        field({"type": "object", "additionalProperties": {"type": "array", "items": ref("Board")}}),
        {"a": [{"length": 1}]},
        lambda m, v: type(v["a"][0]) is m.Board,
    ),
    "map of a choice": read_back(
        both(_ANIMALS, field({"type": "object", "additionalProperties": CAT_OR_DOG})),
        {"a": {"kind": "Cat"}},
        lambda m, v: type(v["a"]) is m.Cat,
    ),
    "object that holds itself": read_back(field(ref("Shelf")), {"title": "inner"}, lambda m, v: type(v) is m.Shelf),
    "closed object": read_back(
        both(lambda d: schemas(d)["Board"].update(additionalProperties=False), field(ref("Board"))),
        {"length": 1},
        lambda m, v: v.length == 1,
    ),
    "deprecated field": read_back(field({"type": "string", "deprecated": True}), "x"),
    "password": read_back(field({"type": "string", "format": "password"}), "x", lambda m, v: v == "x"),
    "value more": Case(
        lambda d: schemas(d)["Colour"]["enum"].append("light-blue!"),
        lambda api, models, s: api.get_shelves(s, "s").colour is models.Colour.LIGHT_BLUE,
        "GET /shelves/s",
        answer={"colour": "light-blue!"},
        gives=True,
    ),
}
