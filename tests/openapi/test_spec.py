"""The API description is complete, consistent, and its examples are true."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import (
    OAS30ReadValidator,
    OAS30Validator,
    OAS30WriteValidator,
    oas30_format_checker,
)
from openapi_spec_validator import validate

from generator.client.yaml_source import Source

SPEC_FILE = Path(__file__).parents[2] / "openapi" / "htc.yaml"
SPEC: dict[str, Any] = Source(SPEC_FILE.read_text(encoding="utf-8")).value
SCHEMAS: dict[str, Any] = SPEC["components"]["schemas"]
PATHS: dict[str, Any] = SPEC["paths"]
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method, path, operation)
    for path, item in PATHS.items()
    for method, operation in item.items()
}
NO_BODY = {
    "cancelJobs",
    "deleteProjectLimit",
    "deleteProjectLimits",
    "deleteProjectTaskRetentionPolicy",
    "deleteTask",
}


def resolve(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = SPEC
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def walk(node: Any, where: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping of the description, without the inside of examples."""
    if isinstance(node, dict):
        yield where, node
        for key, value in node.items():
            if key != "example":
                yield from walk(value, f"{where}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, f"{where}/{index}")


def bodies() -> Iterator[tuple[str, str, dict[str, Any], type]]:
    """Place, media type, media type object and validator of every body, of requests as of answers."""
    for name, (_, _, operation) in OPERATIONS.items():
        for media_type, body in operation.get("requestBody", {}).get("content", {}).items():
            yield f"{name} request", media_type, body, OAS30WriteValidator
        for status, response in operation["responses"].items():
            for media_type, body in resolve(response).get("content", {}).items():
                yield f"{name} {status}", media_type, body, OAS30ReadValidator


@cache
def described_things() -> list[tuple[str, dict[str, Any]]]:
    components = SPEC["components"]
    things = [("info", SPEC["info"])]
    things += [(f"tag {tag['name']}", tag) for tag in SPEC["tags"]]
    for kind in ("securitySchemes", "parameters", "responses", "schemas"):
        things += [(f"{kind} {name}", thing) for name, thing in components[kind].items()]
    for name, (_, _, operation) in OPERATIONS.items():
        things.append((f"operation {name}", operation))
        things += [(f"{name} parameter {p['name']}", p) for p in map(resolve, operation.get("parameters", []))]
        things += [(f"{name} {status}", resolve(r)) for status, r in operation["responses"].items()]
    for where, node in walk(SCHEMAS, "schema"):
        if where.endswith("/properties"):
            things += [(f"{where}/{name}", field) for name, field in node.items()]
    return things


def errors(validator: type, instance: Any, schema: dict[str, Any]) -> list[str]:
    rooted = {**schema, "components": SPEC["components"]}
    found = validator(rooted, format_checker=oas30_format_checker).iter_errors(instance)
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.mark.slow
def test_is_valid_openapi() -> None:
    validate(SPEC)


def test_has_every_operation_once() -> None:
    assert len(OPERATIONS) == sum(len(item) for item in PATHS.values()), "an operationId is used twice"


def test_every_path_parameter_is_declared() -> None:
    for name, (_, path, operation) in OPERATIONS.items():
        declared = [p["name"] for p in map(resolve, operation.get("parameters", [])) if p["in"] == "path"]
        assert sorted(f"{{{p}}}" for p in declared) == sorted(s for s in path.split("/") if s[:1] == "{"), name


def test_everything_has_a_description() -> None:
    bare = [
        name
        for name, thing in described_things()
        if not thing.get("description", "").strip() or "TODO" in thing["description"]
    ]
    assert bare == []
    assert [name for name, (_, _, o) in OPERATIONS.items() if not 0 < len(o.get("summary", "")) <= 80] == []


def test_every_tag_is_declared_and_used() -> None:
    used = {tag for _, _, operation in OPERATIONS.values() for tag in operation["tags"]}
    assert sorted(used) == sorted(tag["name"] for tag in SPEC["tags"])


def test_no_component_is_unused() -> None:
    used = {node["$ref"] for _, node in walk(SPEC) if "$ref" in node}
    schemes = {name for _, node in walk(SPEC) for entry in node.get("security", []) for name in entry}
    used |= {f"#/components/securitySchemes/{name}" for name in schemes}
    existing = {f"#/components/{kind}/{name}" for kind, group in SPEC["components"].items() for name in group}
    assert sorted(existing - used) == []


def test_no_two_object_schemas_are_equal() -> None:
    def shape(node: Any, fields: bool = False) -> Any:
        if isinstance(node, dict):
            # A field may itself be called title or description.
            prose = set() if fields else {"description", "example", "title"}
            return {
                key: shape(value, key == "properties" and not fields) for key, value in node.items() if key not in prose
            }
        return [shape(value) for value in node] if isinstance(node, list) else node

    objects = [name for name, schema in SCHEMAS.items() if schema.get("type") == "object"]
    counts = Counter(json.dumps(shape(SCHEMAS[name]), sort_keys=True) for name in objects)
    assert [shape for shape, count in counts.items() if count > 1] == []


def test_bodies_refer_to_named_schemas() -> None:
    """An inline schema would get a class name as long as its path."""
    for place, media_type, body, _ in bodies():
        if media_type == "application/json":
            assert list(body["schema"]) == ["$ref"], place
    for where, node in walk(SCHEMAS, "schema"):
        if where.count("/") > 1 and not where.endswith("/properties"):
            assert "properties" not in node, f"inline object at {where}"


def test_field_references_keep_their_description_and_null() -> None:
    for where, node in walk(SPEC):
        if "$ref" in node and not where.endswith("/properties"):
            assert list(node) == ["$ref"], f"siblings of $ref are ignored at {where}"
        if node.get("nullable") and not where.endswith("/properties"):
            assert "type" in node, f"nullable has no effect without a type at {where}"


@pytest.mark.parametrize("name", [n for n, s in SCHEMAS.items() if "enum" not in s])
def test_schema_has_a_true_example(name: str) -> None:
    assert "example" in SCHEMAS[name], f"{name} needs an `example` in openapi/htc.yaml, in your own words"
    assert errors(OAS30Validator, SCHEMAS[name]["example"], SCHEMAS[name]) == []


def test_field_examples_are_true() -> None:
    fields = [(where, node) for where, node in walk(SPEC) if "example" in node and "/properties/" in where]
    assert len(fields) > 50
    for where, node in fields:
        assert errors(OAS30Validator, node["example"], node) == [], where


@pytest.mark.slow
def test_body_examples_are_true() -> None:
    """In their direction: a request without read-only fields, a response without write-only ones."""
    for place, media_type, body, validator in bodies():
        if media_type not in ("application/json", "text/plain") and "example" not in body:
            continue
        example = body["example"] if "example" in body else resolve(body["schema"])["example"]
        assert errors(validator, example, body["schema"]) == [], place


def test_the_example_of_a_field_agrees_with_that_of_its_schema() -> None:
    for name, schema in SCHEMAS.items():
        whole = schema.get("example", {})
        for field, definition in schema.get("properties", {}).items():
            if "example" in definition and field in whole:
                assert definition["example"] == whole[field], f"{name}.{field}"


def test_text_routes_return_text() -> None:
    kinds = {place: media_type for place, media_type, _, _ in bodies()}
    assert kinds["getMetrics 200"] == kinds["getRegistryToken 200"] == "text/plain"


def test_cancel_and_deletes_return_nothing() -> None:
    without = set()
    for name, (_, _, operation) in OPERATIONS.items():
        success = [r for status, r in operation["responses"].items() if status.startswith("2")]
        if not any("content" in answer for answer in success):
            without.add(name)
    assert without >= NO_BODY


def test_credentials_of_each_route() -> None:
    assert SPEC["security"] == [{"Bearer": []}]
    own = {path: o["security"] for _, path, o in OPERATIONS.values() if "security" in o}
    key_or_refresh = [{"ApiKey": []}, {"RefreshToken": []}]
    assert (
        own.items()
        >= {
            "/.well-known/jwks.json": [],
            "/oauth2/token": [{}, {"ApiKey": []}],
            "/auth/token": key_or_refresh,
            "/auth/whoami": key_or_refresh,
        }.items()
    )


@pytest.mark.parametrize(
    ("schema", "field", "limits"),
    [
        ("HTCJobSubmitRequest", "batchSize", (1, 1000)),
        ("HTCJobDefinition", "maxVCpus", (1, 64)),
        ("HTCJobDefinition", "maxMemory", (4, 235520)),
        ("HTCJobDefinition", "maxDiskGiB", (0, 64000)),
        ("HTCJobDefinition", "execTimeoutSeconds", (60, 1209600)),
        ("HTCRetryStrategy", "maxRetries", (0, 10)),
    ],
)
def test_known_limits(schema: str, field: str, limits: tuple[int, int]) -> None:
    definition = SCHEMAS[schema]["properties"][field]
    assert (definition["minimum"], definition["maximum"]) == limits
    for value, accepted in (
        (limits[0], True),
        (limits[0] - 1, False),
        (limits[1], True),
        (limits[1] + 1, False),
    ):
        assert (errors(OAS30Validator, value, definition) == []) is accepted


def test_at_most_100_batches() -> None:
    assert SCHEMAS["HTCJobSubmitRequests"]["maxItems"] == 100


def test_lines_stay_short() -> None:
    long = [n for n, line in enumerate(SPEC_FILE.read_text("utf-8").splitlines(), 1) if len(line) > 110]
    assert long == []
