"""What a description needs as a whole: references that lead somewhere, operations with names, a base URL."""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlsplit

from openapi_spec_validator import OpenAPIV30SpecValidator

from . import naming
from .functions import FunctionClash, grouped
from .spec import METHODS, Problem, Spec, below, path_parameters, pointer_to, walk

_PARAMETER = re.compile(r"\{[^{}]+\}")
_NOT_IN_URL = re.compile(r"[\s{}<>\"\\^`|]")


def reference_problems(spec: Spec) -> Iterator[Problem]:
    for pointer, node in walk(spec.document):
        reference = cast("dict[str, Any]", node).get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str):
            continue
        if not reference.startswith("#/"):
            what = "names no place" if reference.startswith("#") or not reference else "leaves this file"
            known = reference in spec.document.get("components", {}).get("schemas", {})
            remedy = "Move the target here." if what.startswith("leaves") and not known else "Write the whole pointer."
            remedy = f"Write '#/components/schemas/{reference}'." if known else remedy
            yield Problem(pointer, f"The reference {reference!r} {what}", remedy)
            continue
        try:
            target = spec.at(reference)
        except (KeyError, IndexError, ValueError, TypeError):
            what = f"The reference {reference!r} leads nowhere"
            yield Problem(pointer, what, "Correct its spelling, or add what it names under components.")
            continue
        if isinstance(target, dict) and isinstance(target.get("$ref"), str):
            what = f"The reference {reference!r} leads to another reference"
            yield Problem(pointer, what, f"Refer to {target['$ref']} itself.")


def operation_problems(spec: Spec) -> Iterator[Problem]:
    paths = spec.document.get("paths")
    if not isinstance(paths, dict) or not paths:
        yield Problem("#/", "There are no paths", "Add the routes under `paths`.")
        spec.document["paths"] = {}
        return
    seen: dict[str, str] = {}
    for path, item in cast("dict[str, Any]", paths).items():
        for method, operation in item.items() if isinstance(item, dict) else ():
            if method not in METHODS or not isinstance(operation, dict):
                continue
            pointer, title = pointer_to("paths", path, method), f"{method.upper()} {path}"
            name = cast("dict[str, Any]", operation).get("operationId")
            if not name or not isinstance(name, str):
                yield Problem(pointer, f"{title} has no operationId", "Add a unique operationId.")
                continue
            module = naming.module_name(name)
            if len(module) > naming.LONGEST_NAME:
                what = f"The operationId {name[:40]}… is too long for the name of a file"
                yield Problem(f"{pointer}/operationId", what, "Find a shorter one.")
            if module in seen:
                what = f"The operationId {name!r} of {title} is taken by {seen[module]}"
                yield Problem(f"{pointer}/operationId", what, "Give one of them another operationId.")
            seen.setdefault(module, title)


def path_problems(spec: Spec) -> Iterator[Problem]:
    # The standard requires it too, but its validator cannot say where.
    for method, path, pointer, operation in spec.operations():
        places = {node["name"]: place for place, node in spec.parameters(path, operation) if node.get("in") == "path"}
        named = path_parameters(path)
        for name in named:
            if name not in places:
                what = f"{name!r} of {method.upper()} {path} is not described as a path parameter"
                yield Problem(pointer, what, "Make path and parameters agree.")
            if named.count(name) > 1:
                what = f"{name!r} appears twice in {path}"
                yield Problem(pointer_to("paths", path), what, "Give one of them another name.")
        for name, place in places.items():
            if spec.resolve(spec.at(place)).get("required") is not True:
                yield Problem(place, f"The path parameter {name!r} is not required", "Add `required: true`.")
            if name not in named:
                what = f"{name!r} of {method.upper()} {path} does not appear in the path"
                yield Problem(place, what, "Make path and parameters agree.")
        if any(sign in path for sign in "?#"):
            what = f"The path {path} holds a query or a fragment"
            yield Problem(pointer_to("paths", path), what, "Describe query parameters under `parameters`.")
        if {".", ".."} & set(path.split("/")):
            what = f"The path {path} has a dot segment, which would be taken for another path"
            yield Problem(pointer_to("paths", path), what, "Write the path that is meant.")
        if any(sign in _PARAMETER.sub("", path) for sign in "{}"):
            yield Problem(pointer_to("paths", path), f"The braces of {path} do not match", "Correct the path.")


def server_problems(spec: Spec) -> Iterator[Problem]:
    servers = spec.document.get("servers")
    if not servers:
        yield Problem("#/", "There are no servers", "Add the base URL of the service under `servers`.")
        return
    pointer, server = "#/servers/0/url", servers[0]
    for name in path_parameters(server["url"]):
        variables = server.get("variables", {})
        variable = variables.get(name)
        place = pointer_to("servers", 0, "variables", name)
        if not isinstance(variable, dict) or not isinstance(cast("dict[str, Any]", variable).get("default"), str):
            what = f"The variable {name!r} of the server has no default"
            yield Problem(
                place if name in variables else pointer,
                what,
                "Describe it under `variables`, with a default that is a string.",
            )
            return
        if variable["default"] not in variable.get("enum", [variable["default"]]):
            what = f"The default {variable['default']!r} is not one of the values"
            yield Problem(below(place, "default"), what, "Name one of `enum`.")
    url = server_url(spec)
    try:
        parts = urlsplit(url)
        is_url = not _NOT_IN_URL.search(url) and (parts.port is None or parts.port >= 0)
    except ValueError:
        yield Problem(pointer, f"{url!r} is no URL", "Correct it.")
        return
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield Problem(pointer, f"The base URL {url!r} is not absolute", "Start it with https:// and the host.")
    elif not is_url:
        yield Problem(pointer, f"The base URL {url!r} holds a character that no URL has", "Remove it.")
    elif parts.query or parts.fragment or parts.username is not None:
        yield Problem(pointer, f"The base URL {url!r} has credentials, a query or a fragment", "Remove it.")


def server_url(spec: Spec) -> str:
    """The base URL, its variables replaced by their defaults."""
    server = spec.document["servers"][0]
    url: str = server["url"]
    for name in path_parameters(url):
        url = url.replace(f"{{{name}}}", str(server.get("variables", {})[name]["default"]))
    return url.rstrip("/")


def value_problems(spec: Spec) -> Iterator[Problem]:
    """Values that JSON cannot hold."""
    waiting: list[tuple[str, Any]] = [("#", spec.document)]
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(below(pointer, key), each) for key, each in cast("dict[str, Any]", value).items()]
        elif isinstance(value, list):
            waiting += [(f"{pointer}/{index}", each) for index, each in enumerate(cast("list[Any]", value))]
        elif isinstance(value, float) and not math.isfinite(value):
            yield Problem(pointer, f"JSON has no number {value}", "Write a finite number, or put it in quotes.")


def standard_problems(spec: Spec) -> Iterator[Problem]:
    # Its validator mistakes extensions among the paths for paths, and mutual TLS came with OpenAPI 3.1.
    paths = {path: item for path, item in spec.document["paths"].items() if path.startswith("/")}
    components = dict(spec.document.get("components", {}))
    schemes = components.get("securitySchemes", {})
    components["securitySchemes"] = {name: each for name, each in schemes.items() if each.get("type") != "mutualTLS"}
    document = {**spec.document, "paths": paths, "components": components}
    found: dict[str, str] = {}
    for error in OpenAPIV30SpecValidator(cast(Any, document)).iter_errors():
        error = _innermost(error)
        # The value itself can be long; what is wrong with it is said after it, and then where.
        message = " ".join(str(error.message).partition("\n\nFailed validating")[0].split())
        found[_located(spec, error)] = message if len(message) < 160 else f"…{message[-120:]}"
    for pointer, message in found.items():
        # What is wrong inside makes everything around it wrong too.
        if not any(other.startswith(f"{pointer}/") for other in found):
            yield Problem(pointer, f"This is not valid OpenAPI 3.0: {message}", "Correct this place.")


def _innermost(error: Any) -> Any:
    """The most specific error: among several alternatives, that of the best match."""
    while error.context:
        inner = [each for each in error.context if "'$ref' is a required property" not in each.message]
        if not inner:
            break
        error = max(inner, key=lambda each: len(each.absolute_path))
    return error


def _located(spec: Spec, error: Any) -> str:
    path = list(error.absolute_path)
    if path and path[0] in spec.document:
        return pointer_to(*path)
    # A place in a schema is reported without the place of the schema, and that of a default not at all.
    for pointer, node in walk(spec.document):
        found: Any = node
        with contextlib.suppress(KeyError, IndexError, TypeError):
            for token in path or ["default"]:
                found = found[token]
            if found == error.instance and type(found) is type(error.instance):
                return below(pointer, *(path or ["default"]))
    return "#/"


def function_problems(spec: Spec) -> Iterator[Problem]:
    _, clashes = grouped((method, path) for method, path, _, _ in spec.operations())
    for clash in clashes:
        yield _clash(clash)


def _clash(clash: FunctionClash) -> Problem:
    pointer = pointer_to("paths", clash.path, clash.method)
    return Problem(
        pointer,
        f"{clash.method.upper()} {clash.path} and {clash.other} are both called {clash.name}",
        "Add an alias to FUNCTION_ALIASES in generator/client/naming.py.",
    )
