"""Reads an API description: finds its operations and schemas, and resolves what refers to another place."""

from __future__ import annotations

from typing import Any, cast

from ..client import naming
from ..client.compose import composed
from ..client.downgrade import downgrade
from ..client.spec import METHODS, walk

Operations = dict[tuple[str, str], dict[str, Any]]
Named = tuple[dict[str, Any], str | None]
_SCHEMAS = "#/components/schemas/"
_DEEPEST = 20  # references in a row: more form a circle


def normal_form(document: dict[str, Any]) -> dict[str, Any]:
    """The description as OpenAPI 3.0, with composed objects written out, so that notation makes no difference."""
    document = downgrade(document)
    components = document.get("components") or {}
    schemas = components.get("schemas")
    if isinstance(schemas, dict):
        document = {**document, "components": {**components, "schemas": composed(cast("dict[str, Any]", schemas))}}
    return document


def operations_of(document: dict[str, Any]) -> Operations:
    found: Operations = {}
    for path, item in document.get("paths", {}).items():
        if not path.startswith("/"):
            continue
        item = resolve(document, item)
        shared = item.get("parameters", [])
        for method, operation in item.items():
            if method in METHODS:
                parameters = [*shared, *operation.get("parameters", [])]
                servers = operation.get("servers") or item.get("servers")
                found[method, path] = {
                    **operation,
                    "parameters": parameters,
                    **({"servers": servers} if servers else {}),
                }
    return found


def resolve(document: dict[str, Any], node: Any) -> Any:
    for _ in range(_DEEPEST):
        if not (isinstance(node, dict) and isinstance(cast("dict[str, Any]", node).get("$ref"), str)):
            break
        node = _target(document, cast("dict[str, Any]", node)["$ref"])
    return node


def _target(document: dict[str, Any], reference: str) -> Any:
    node: Any = document
    for token in reference.removeprefix("#/").split("/"):
        node = node[token.replace("~1", "/").replace("~0", "~")]
    return node


def merged_schema(document: dict[str, Any], node: Any) -> tuple[dict[str, Any], str | None]:
    """A schema merged with what it refers to, and the name of the object, enum or choice that it refers to."""
    if not isinstance(node, dict):
        return {}, None
    node = cast("dict[str, Any]", node)
    reference: str | None = node.get("$ref")
    parts = node.get("allOf") or []
    if reference is None and len(parts) == 1:
        merged, name = merged_schema(document, parts[0])
        own = {key: value for key, value in node.items() if key not in ("allOf", "type")}
        if "properties" in own and "properties" in merged:
            own["properties"] = {**merged["properties"], **own["properties"]}
        return {**merged, **own}, name
    if reference is None and parts:
        return composed({**document.get("components", {}).get("schemas", {}), "": node})[""], None
    if reference is None:
        return _without_null_type(node), None
    target, name = merged_schema(document, resolve(document, {"$ref": reference}))
    named = {"properties", "enum", "oneOf", "anyOf", "items"} & target.keys()
    own = {key: value for key, value in node.items() if key.startswith("x-")}
    return {**target, **own}, name or (reference.rpartition("/")[2] if named else None)


def _without_null_type(node: dict[str, Any]) -> dict[str, Any]:
    # OpenAPI 3.1 writes `type: [string, "null"]`; the service may switch to it any day.
    kinds = node.get("type")
    if not isinstance(kinds, list):
        return node
    rest = [kind for kind in cast("list[str]", kinds) if kind != "null"]
    return {**node, "type": rest[0] if len(rest) == 1 else " or ".join(rest), "nullable": "null" in kinds}


def inlined(document: dict[str, Any], node: Any) -> Any:
    """A node with its references resolved, except those to named schemas."""
    if isinstance(node, dict):
        reference = cast("dict[str, Any]", node).get("$ref")
        if isinstance(reference, str) and not reference.startswith(_SCHEMAS):
            return inlined(document, resolve(document, node))
        return {key: inlined(document, value) for key, value in cast("dict[str, Any]", node).items()}
    return [inlined(document, value) for value in cast("list[Any]", node)] if isinstance(node, list) else node


def renamed(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, dict):
        reference = str(cast("dict[str, Any]", node).get("$ref", ""))
        name = reference.removeprefix(_SCHEMAS)
        if name != reference:
            return {**node, "$ref": _SCHEMAS + names.get(name, name)}
        return {key: renamed(value, names) for key, value in cast("dict[str, Any]", node).items()}
    return [renamed(value, names) for value in cast("list[Any]", node)] if isinstance(node, list) else node


def schemas_in(node: Any) -> list[str]:
    found = [str(each.get("$ref", "")) for _, each in walk(node) if isinstance(each, dict)]
    return [reference.removeprefix(_SCHEMAS) for reference in found if reference.startswith(_SCHEMAS)]


def is_choice(node: dict[str, Any]) -> bool:
    return bool(node.get("oneOf") or node.get("anyOf"))


def members_of(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Named]:
    """The members of a choice, by kind; a schema that is not a choice is its own only member."""
    if not is_choice(node):
        return {kind_of(document, node): (node, None)}
    members = [merged_schema(document, member) for member in [*node.get("oneOf", []), *node.get("anyOf", [])]]
    return {kind_of(document, member[0]): member for member in members}


def kind_of(document: dict[str, Any], node: dict[str, Any], depth: int = 0) -> str:
    """The kind of a value in a word or two; kinds must agree before their contents can be compared."""
    members = [*node.get("oneOf", []), *node.get("anyOf", [])]
    if members and depth < _DEEPEST:
        kinds = {kind_of(document, merged_schema(document, member)[0], depth + 1) for member in members}
        return " or ".join(sorted({kind for each in kinds for kind in each.split(" or ")}))
    kind = node.get("type")
    if kind is None:
        kind = "object" if "properties" in node else "any"
    values = node.get("additionalProperties")
    if kind == "object" and "properties" not in node and isinstance(values, dict) and values:
        return "map"
    if kind == "string" and node.get("format") == "date-time":
        return "timestamp"
    return str(kind)


def is_listing(document: dict[str, Any], operation: dict[str, Any]) -> bool:
    """Whether the function of an operation follows its pages."""
    names = [naming.python_name(str(resolve(document, each).get("name"))) for each in operation.get("parameters", [])]
    answers = [resolve(document, each) for code, each in operation.get("responses", {}).items() if code.startswith("2")]
    schemas = [node.get("schema", {}) for each in answers for node in (each.get("content") or {}).values()]
    return "page_index" in names and any(
        naming.is_page(merged_schema(document, each)[0].get("properties", {})) for each in schemas
    )


def written_style(parameter: dict[str, Any]) -> dict[str, Any]:
    """The style of a parameter, with defaults filled in."""
    style = parameter.get("style") or ("form" if parameter.get("in") in ("query", "cookie") else "simple")
    return {"style": style, "explode": parameter.get("explode", style == "form")}


def security_of(document: dict[str, Any], operation: dict[str, Any]) -> str:
    schemes = document.get("components", {}).get("securitySchemes", {})
    choices = cast("list[dict[str, Any]]", operation.get("security", document.get("security", [])))
    kinds: set[str] = set()
    for choice in choices:
        names = [str(schemes.get(name, {}).get("scheme") or schemes.get(name, {}).get("type")) for name in choice]
        kinds.add(" and ".join(names) or "none")
    return " or ".join(sorted(kinds)) or "none"
