"""The API description at run time: operations, parameter readers and validators, all read from ``openapi.json``.

Nothing that the description says (routes, fields, enum values, bounds, success codes) is repeated in this package.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from urllib.parse import urlsplit

import jsonschema_rs

from .types import Json, JsonObject, is_list, is_object

Side = Literal["request", "response"]

#: OpenAPI formats that are limits rather than text formats; JSON Schema validators do not know them.
_INTEGER_BOUNDS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
_METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
_ANNOTATIONS = frozenset({"example", "description", "title", "deprecated", "xml", "externalDocs", "default"}) | {
    "nullable",
    "readOnly",
    "writeOnly",
    "discriminator",
}


class SpecError(Exception):
    """The description and the server do not match."""


@dataclass(slots=True)
class Parameter:
    """A path, query or header parameter."""

    name: str
    location: str
    required: bool
    kind: str
    item_kind: str
    default: Json
    validator: jsonschema_rs.Validator | None

    def read(self, texts: list[str] | None) -> Json:
        """The value of a parameter that was sent as ``texts`` (several if it was repeated).

        Raises:
            ValueError: with one sentence, if it is missing, or if the text does not match the schema.
        """
        if texts is None:
            if self.required:
                raise ValueError(f"The {self.location} parameter {self.name} is required.")
            return self.default
        try:
            if self.kind == "array":
                value: Json = [_scalar(text, self.item_kind) for text in texts]
            else:
                value = _scalar(texts[-1], self.kind)
        except ValueError as error:
            raise ValueError(f"{self.name}: {error}") from None
        problem = None if self.validator is None else first_problem(self.validator, value)
        if problem is not None:
            raise ValueError(f"{self.name}: {problem}")
        return value


@dataclass(slots=True)
class Operation:
    """One method on one path."""

    id: str
    method: str
    path: str
    #: Names of the parameters in the path, in their order.
    path_names: list[str]
    #: The parameters in the path that need reading, and those of the query.
    path_parameters: list[Parameter]
    query_parameters: list[Parameter]
    body: jsonschema_rs.Validator | None
    body_required: bool
    #: Names of the fields of the body, if it is an object.
    body_fields: list[str]
    #: Names of the security schemes, any one of which will do.
    security: list[str]
    #: Whether a request without any credential is accepted as well.
    open: bool
    success: int
    #: For each documented status the media type and schema of its body, or None if it has none.
    responses: dict[int, tuple[str, JsonObject] | None]
    #: For each documented error the names of the fields of its body, none if it has no body.
    errors: dict[int, list[str]]


def _scalar(text: str, kind: str) -> Json:
    if kind == "integer":
        if not re.fullmatch(r"-?[0-9]{1,19}", text):
            raise ValueError(f"{text[:100]!r} is not an integer")
        return int(text)
    if kind == "number":
        return float(text)
    if kind == "boolean":
        if text not in ("true", "false"):
            raise ValueError(f"{text[:100]!r} is neither true nor false")
        return text == "true"
    return text


def _shorten(message: str) -> str:
    return message if len(message) <= 500 else message[:500] + "…"


class Spec:
    """An OpenAPI 3.0 document, ready to check requests and responses."""

    def __init__(self, document: JsonObject) -> None:
        self.document = document
        self._schemas: JsonObject = document["components"]["schemas"]
        self._converted: dict[Side, JsonObject] = {
            side: {name: _convert(schema, side) for name, schema in self._schemas.items()}
            for side in ("request", "response")
        }
        self._response_validators: dict[str, jsonschema_rs.Validator] = {}
        #: Prefix of every path, for example `/api/v1`.
        self.base_path = urlsplit(str(document["servers"][0]["url"])).path.rstrip("/")
        self.operations = {op.id: op for op in self._read_operations()}

    def validator(self, schema: JsonObject, side: Side) -> jsonschema_rs.Validator:
        """A validator for ``schema``, which may refer to the components of the document."""
        converted = _convert(schema, side)
        root = {**converted, "components": {"schemas": self._converted[side]}}
        return jsonschema_rs.Draft202012Validator(root, validate_formats=side == "response")

    def enum(self, name: str) -> list[str]:
        """The values of the enum ``name``, in their order."""
        return [value for value in self._schemas[name]["enum"] if value is not None]

    def check_value(self, schema_name: str, value: Json) -> None:
        """Check a record against the schema of the response that would hold it.

        Raises:
            ValueError: with one sentence, if it does not match.
        """
        validator = self._response_validators.get(schema_name)
        if validator is None:
            validator = self.validator({"$ref": f"#/components/schemas/{schema_name}"}, "response")
            self._response_validators[schema_name] = validator
        problem = first_problem(validator, value)
        if problem is not None:
            raise ValueError(problem)

    def resolve(self, node: JsonObject) -> JsonObject:
        """``node``, or what it refers to."""
        while "$ref" in node:
            target: Json = self.document
            for part in str(node["$ref"]).removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def response_problem(self, operation: Operation, status: int, content_type: str | None, body: bytes) -> str | None:
        """Why a response is not what the description promises, or None."""
        if status not in operation.responses:
            # 405 and the responses of gateways are not listed for every operation.
            return None if status > 400 else f"status {status} is not described"
        described = operation.responses[status]
        if described is None:
            return "a body that is not described" if body and status < 400 else None
        media, schema = described
        if (content_type or "").split(";")[0] != media:
            return f"content type {content_type} instead of {media}"
        value = json.loads(body) if media == "application/json" else body.decode()
        key = f"{operation.id}/{status}"
        if key not in self._response_validators:
            self._response_validators[key] = self.validator(schema, "response")
        return first_problem(self._response_validators[key], value)

    def _read_operations(self) -> list[Operation]:
        found: list[Operation] = []
        default_security: list[JsonObject] = self.document.get("security", [])
        for path, item in self.document["paths"].items():
            shared: list[JsonObject] = item.get("parameters", [])
            for method in _METHODS:
                if method in item:
                    found.append(self._read_operation(path, method, item[method], shared, default_security))
        return found

    def _read_operation(
        self, path: str, method: str, node: JsonObject, shared: list[JsonObject], security: list[JsonObject]
    ) -> Operation:
        parameters = [self._read_parameter(p) for p in [*shared, *node.get("parameters", [])]]
        body = self.resolve(node["requestBody"]) if "requestBody" in node else None
        responses: dict[int, tuple[str, JsonObject] | None] = {}
        for status, response in node["responses"].items():
            content: JsonObject = self.resolve(response).get("content", {})
            media = next(iter(content), None)
            if status.isdigit():
                responses[int(status)] = None if media is None else (media, content[media].get("schema", {}))
        choices: list[JsonObject] = node.get("security", security)
        schema: JsonObject = body["content"].get("application/json", {}).get("schema", {}) if body else {}
        return Operation(
            id=node["operationId"],
            method=method.upper(),
            path=path,
            path_names=re.findall(r"\{(.*?)\}", path),
            path_parameters=[p for p in parameters if p.location == "path" and (p.kind != "string" or p.validator)],
            query_parameters=[p for p in parameters if p.location == "query"],
            body=self.validator(schema, "request") if schema else None,
            body_required=bool(body and body.get("required")),
            body_fields=list(self.resolve(schema).get("properties", {})),
            security=[name for choice in choices for name in choice],
            open=not choices or not all(choices),
            success=min(status for status in responses if status < 300),
            responses=responses,
            errors={
                status: list(self.resolve(response[1]).get("properties", {})) if response else []
                for status, response in responses.items()
                if status >= 400
            },
        )

    def _read_parameter(self, node: JsonObject) -> Parameter:
        node = self.resolve(node)
        schema = self.resolve(node["schema"])
        kind: str = schema.get("type", "string")
        item = self.resolve(schema["items"]) if kind == "array" else {}
        plain = set(schema) <= {"type"} | _ANNOTATIONS
        return Parameter(
            name=node["name"],
            location=node["in"],
            required=bool(node.get("required")),
            kind=kind,
            item_kind=item.get("type", "string"),
            default=schema.get("default"),
            validator=None if plain else self.validator(node["schema"], "request"),
        )


def first_problem(validator: jsonschema_rs.Validator, value: Json) -> str | None:
    """The first violation as one sentence that names the place, or None."""
    error = next(iter(validator.iter_errors(value)), None)
    if error is None:
        return None
    place = "/".join(str(part) for part in error.instance_path)
    return _shorten(f"{place}: {error.message}" if place else error.message)


def _convert(schema: Json, side: Side) -> Json:
    """An OpenAPI 3.0 schema as JSON Schema 2020-12, for one direction.

    In a request the fields marked ``readOnly`` are neither required nor checked: a client may send back what it
    got. In a response the fields marked ``writeOnly`` are not required.
    """
    if is_list(schema):
        return [_convert(part, side) for part in schema]
    if not is_object(schema):
        return schema
    out: JsonObject = {}
    for key, value in schema.items():
        if key == "properties":
            out[key] = {
                name: {} if side == "request" and part.get("readOnly") else _convert(part, side)
                for name, part in value.items()
            }
        elif key == "required" and is_list(value):
            skipped = "readOnly" if side == "request" else "writeOnly"
            fields: JsonObject = schema.get("properties", {})
            out[key] = [name for name in value if not fields.get(name, {}).get(skipped)]
        elif key == "enum":
            out[key] = value
        elif key not in _ANNOTATIONS and not key.startswith("x-"):
            out[key] = _convert(value, side)
    bounds = _INTEGER_BOUNDS.get(str(out.get("format")))
    if bounds:
        del out["format"]
        out["minimum"] = max(bounds[0], out.get("minimum", bounds[0]))
        out["maximum"] = min(bounds[1], out.get("maximum", bounds[1]))
    if schema.get("nullable"):
        return {"anyOf": [out, {"type": "null"}]}
    return out


@cache
def load_spec() -> Spec:
    """The description that the generated package ships."""
    text = (files("rescalehtc_generated") / "openapi.json").read_text("utf-8")
    document: dict[str, Any] = json.loads(text)
    return Spec(document)
