"""What a description needs as a whole: references that lead somewhere, operations with names, a base URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlsplit

from openapi_spec_validator import OpenAPIV30SpecValidator

from . import naming
from .functions import FunctionClash, grouped
from .spec import METHODS, Problem, Spec, below, path_parameters, pointer_to, walk

_PARAMETER = re.compile(r"\{[^{}]+\}")


def reference_problems(spec: Spec) -> Iterator[Problem]:
    for pointer, node in walk(spec.document):
        reference = cast("dict[str, Any]", node).get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str):
            continue
        if not reference.startswith("#/"):
            yield Problem(pointer, f"The reference {reference!r} leaves this file", "Move the target here.")
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
    pointer = "#/servers/0/url"
    try:
        url = server_url(spec)
    except KeyError as error:
        yield Problem(pointer, f"The variable {error} of the server has no default", "Describe it under `variables`.")
        return
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        yield Problem(pointer, f"The base URL {url!r} is not absolute", "Start it with https:// and the host.")
    elif parts.query or parts.fragment:
        yield Problem(pointer, f"The base URL {url!r} has a query or a fragment", "Remove it.")


def server_url(spec: Spec) -> str:
    """The base URL, its variables replaced by their defaults."""
    server = spec.document["servers"][0]
    url: str = server["url"]
    for name in path_parameters(url):
        url = url.replace(f"{{{name}}}", str(server.get("variables", {})[name]["default"]))
    return url.rstrip("/")


def standard_problems(spec: Spec) -> Iterator[Problem]:
    # Its validator mistakes extensions among the paths for paths.
    paths = {path: item for path, item in spec.document["paths"].items() if path.startswith("/")}
    for error in OpenAPIV30SpecValidator(cast(Any, {**spec.document, "paths": paths})).iter_errors():
        error = _innermost(error)
        pointer = pointer_to(*error.absolute_path) if error.absolute_path else _with_default(spec, error)
        # The value itself can be long; what is wrong with it is said at the end.
        message = " ".join(str(error.message).split())
        message = message if len(message) < 160 else f"…{message[-120:]}"
        yield Problem(pointer, f"This is not valid OpenAPI 3.0: {message}", "Correct this place.")


def _innermost(error: Any) -> Any:
    """The most specific error: among several alternatives, that of the best match."""
    while error.context:
        inner = [each for each in error.context if "'$ref' is a required property" not in each.message]
        if not inner:
            break
        error = max(inner, key=lambda each: len(each.absolute_path))
    return error


def _with_default(spec: Spec, error: Any) -> str:
    # A default that does not match its schema is reported without its place.
    for pointer, node in walk(spec.document):
        if isinstance(node, dict) and "default" in node and node["default"] == error.instance:
            return below(pointer, "default")
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
