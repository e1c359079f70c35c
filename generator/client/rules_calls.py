"""What routes need: parameters, bodies, responses and credentials that can be sent and read as described."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from . import media
from .parameters import style_of
from .python_types import Types, UnsupportedType, is_bytes
from .routes import success_codes
from .security import choices, unsupported
from .spec import Problem, Spec, below, parameter_key, pointer_to

_OWN_HEADERS = frozenset(
    {"accept", "authorization", "connection", "content-length", "content-type", "cookie", "host", "transfer-encoding"}
)
_STATUS = re.compile(r"[1-5](\d\d|XX)|default").fullmatch
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+").fullmatch


def parameter_problems(spec: Spec) -> Iterator[Problem]:
    types = Types(spec)
    for _, path, _, operation in spec.operations():
        yield from _repeated(spec, path, operation)
        for pointer, node in spec.parameters(path, operation):
            if "schema" not in node:
                if "content" not in node:
                    yield Problem(pointer, f"The parameter {node.get('name')!r} has no schema", "Add a `schema`.")
                continue
            if node["in"] == "header" and node["name"].lower() in _OWN_HEADERS:
                remedy = "Describe credentials under `security` and bodies under `content`, and remove the parameter."
                yield Problem(pointer, f"The session sets the header {node['name']} itself", remedy)
                continue
            if not node["name"] or (node["in"] == "header" and not _HEADER_NAME(node["name"])):
                what = f"{node['name']!r} is not a name for a {node['in']} parameter"
                yield Problem(pointer, what, "Correct its `name`.")
                continue
            if node.get("allowReserved"):
                remedy = "Remove it: every value is sent percent-encoded."
                yield Problem(below(pointer, "allowReserved"), "`allowReserved` is not supported", remedy)
            try:
                style_of(node, types.of(node["schema"], below(pointer, "schema")), pointer, types)
            except UnsupportedType as error:
                yield error.problem


def _repeated(spec: Spec, path: str, operation: dict[str, Any]) -> Iterator[Problem]:
    for parameters in spec.parameter_lists(path, operation):
        seen: dict[tuple[Any, Any], dict[str, Any]] = {}
        for pointer, node in parameters:
            first = seen.setdefault(parameter_key(node), node)
            if first is not node:
                what = f"The {node['in']} parameters {first['name']!r} and {node['name']!r} are one and the same"
                yield Problem(pointer, what, "Remove one of them.")


def body_problems(spec: Spec) -> Iterator[Problem]:
    types = Types(spec)
    for _, _, pointer, operation in spec.operations():
        body = spec.resolve(operation.get("requestBody"))
        if not body:
            continue
        place = below(pointer, "requestBody", "content")
        content = body.get("content") or {}
        chosen = media.choose(content, media.SENT)
        if chosen is None:
            what = f"Bodies of the media type {', '.join(content) or 'none'} are not supported"
            remedy = "Describe JSON, multipart/form-data, application/x-www-form-urlencoded, text or bytes."
            yield Problem(place, what, remedy)
            continue
        name, kind = chosen
        yield from _charset(name, kind, below(place, name))
        schema = content[name].get("schema")
        where = below(place, name, "schema")
        if kind == media.JSON:
            yield from _type(types, schema, where)
        elif kind in (media.PARTS, media.FORM):
            yield from _form(spec, types, schema, where, kind)
        else:
            yield from _text(spec, schema, where, name)


def _form(spec: Spec, types: Types, schema: Any, where: str, kind: str) -> Iterator[Problem]:
    fields = spec.fields_of(schema or {})
    if fields is None:
        yield Problem(where, "A form must be an object", "Describe its fields under `properties`.")
        return
    for wire, field in fields.items():
        place = below(where, "properties", wire) if "$ref" not in cast("dict[str, Any]", schema) else where
        items = spec.resolve(spec.resolve(field).get("items", {}))
        if is_bytes(spec.resolve(field)) or is_bytes(items):
            if kind == media.FORM:
                yield Problem(place, f"A form cannot hold bytes ({wire})", "Use multipart/form-data.")
            continue
        try:
            found = types.of(field, place)
        except UnsupportedType as error:
            if "inline" not in str(error) or kind == media.FORM:
                yield error.problem
            continue
        if kind == media.FORM and ("object" in found.json or found.annotation == "Any"):
            yield Problem(place, f"A form cannot hold an object ({wire})", "Describe it as a string, or use JSON.")


def answer_problems(spec: Spec) -> Iterator[Problem]:
    types = Types(spec)
    for method, path, pointer, operation in spec.operations():
        codes = success_codes(operation)
        for code in operation.get("responses", {}):
            if not _STATUS(str(code)) and not str(code).startswith("x-"):
                place = below(pointer, "responses", code)
                yield Problem(
                    place,
                    f"{code!r} is not a status code",
                    "Write one such as '200', a class such as '2XX', or default.",
                )
        if not codes:
            what = f"{method.upper()} {path} has no successful response"
            yield Problem(below(pointer, "responses"), what, "Describe one, with a 2xx status of its own.")
        bodies: dict[str, str] = {}
        for code in codes:
            content = spec.resolve(operation["responses"][code]).get("content") or {}
            place = below(pointer, "responses", code, "content")
            if not content or method == "head":
                continue
            chosen = media.choose(content, media.READ)
            if chosen is None:
                what = f"Responses of the media type {', '.join(content)} are not supported"
                yield Problem(place, what, "Describe JSON, NDJSON, text or bytes.")
                continue
            name, kind = chosen
            yield from _charset(name, kind, below(place, name))
            schema, where = content[name].get("schema", {}), below(place, name, "schema")
            annotation = kind
            if kind in (media.TEXT, media.BYTES):
                yield from _text(spec, schema, where, name)
            if kind in (media.JSON, media.LINES):
                try:
                    annotation = f"{kind} {types.of(schema, where).annotation}"
                except UnsupportedType as error:
                    yield error.problem
                    continue
            bodies[code] = annotation
        if len(set(bodies.values())) > 1:
            what = f"The successful responses {', '.join(bodies)} have different bodies"
            yield Problem(
                below(pointer, "responses"), what, "Describe one body for all of them, a `oneOf` if necessary."
            )


def security_problems(spec: Spec) -> Iterator[Problem]:
    schemes = spec.security_schemes
    places = [("#/security", spec.document.get("security"))]
    places += [(below(pointer, "security"), node.get("security")) for _, _, pointer, node in spec.operations()]
    for pointer, required in places:
        if not required or not all(isinstance(choice, dict) for choice in required):
            continue
        unknown = [name for choice in required for name in choice if name not in schemes]
        for name in unknown:
            what = f"The security scheme {name!r} is not described"
            yield Problem(pointer, what, "Correct its spelling, or add it to components/securitySchemes.")
        if not unknown and not choices(required, schemes):
            name, why = unsupported(required, schemes)
            place = pointer_to("components", "securitySchemes", name)
            remedy = "The session sends a bearer token, or a key in the header Authorization: describe one of these."
            yield Problem(place, f"The security scheme {name!r} is not supported: {why}", remedy)


def _charset(name: str, kind: str, place: str) -> Iterator[Problem]:
    charset = media.other_charset(name)
    if charset and kind != media.BYTES:
        yield Problem(place, f"The charset {charset} is not supported", "Write utf-8, or describe bytes.")


def _text(spec: Spec, schema: Any, where: str, name: str) -> Iterator[Problem]:
    if spec.resolve(schema or {}).get("type", "string") != "string":
        yield Problem(where, f"A body of {name} must be a string", "Describe it as a string, or as JSON.")


def _type(types: Types, schema: Any, where: str) -> Iterator[Problem]:
    try:
        types.of(schema or {}, where)
    except UnsupportedType as error:
        yield error.problem
