"""What to paste into our file for an addition to the public description, with the names that our file uses."""

from __future__ import annotations

import io
import textwrap
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, cast

from ruamel.yaml import YAML

from ..client.spec import Spec
from .compare import PROSE, Change


def to_paste(change: Change, ours: Spec) -> Iterator[str]:
    """The blocks to paste for one change, each with its place."""
    if not isinstance(change.node, dict):
        return
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in change.pointer.split("/")[1:]]
    node = _described(without_words(change.node))
    if tokens[0] == "paths" and len(tokens) == 3:
        path, method = tokens[1:]
        node = {method: _like_ours(node, path, ours)}
        is_new = path not in ours.document["paths"]
        yield _block(f"below {'paths' if is_new else path}", {path: node} if is_new else node)
    else:
        value = [node] if "/parameters/" in change.pointer else {tokens[-1]: node}
        yield _block(f"below {tokens[-2]}", value)
    for name, schema in change.schemas.items():
        # Every named object needs an example, which is no one else's.
        example = {} if "enum" in schema else {"example": ""}
        yield _block("below components/schemas", {name: {**_described(without_words(schema)), **example}})


def without_words(node: Any, *, are_names: bool = False) -> Any:
    """A node without its prose; ``are_names`` means that the keys are names of fields, such as "description"."""
    if isinstance(node, dict):
        return {
            key: without_words(value, are_names=key == "properties" and not are_names)
            for key, value in node.items()
            if are_names or key not in PROSE
        }
    return [without_words(value) for value in node] if isinstance(node, list) else node


def with_answers_described(operation: dict[str, Any]) -> dict[str, Any]:
    """An operation with a description, if only an empty one, for each response."""
    for answer in cast("dict[str, Any]", operation.get("responses") or {}).values():
        if isinstance(answer, dict) and "$ref" not in answer:
            cast("dict[str, Any]", answer).setdefault("description", "")
    return operation


def _described(node: dict[str, Any]) -> dict[str, Any]:
    """A node with empty descriptions where you have to write some."""
    if "$ref" in node:
        return {"allOf": [node], "description": ""}
    fields = {name: _described(field) for name, field in node.get("properties", {}).items()}
    words = {"summary": "", "description": ""} if "responses" in node else {"description": ""}
    first = {key: node[key] for key in ("name", "in", "type") if key in node}
    return {**first, **words, **node, **({"properties": fields} if fields else {})}


def _like_ours(operation: dict[str, Any], path: str, ours: Spec) -> dict[str, Any]:
    """An operation with our parameters, responses and tags, if our routes have similar ones."""
    operation = with_answers_described(dict(operation))
    operation.pop("security", None)  # the credential has another name in our file
    routes = list(ours.operations())
    used = [_references(each.get("parameters", []), ours) for _, _, _, each in routes]
    common = {key: reference for each in used for key, reference in each.items()}
    answers = Counter(
        (code, answer["$ref"])
        for _, _, _, each in routes
        for code, answer in each["responses"].items()
        if "$ref" in answer
    )
    usual = {code: {"$ref": reference} for (code, reference), _ in reversed(answers.most_common())}
    operation["parameters"] = [
        common.get((each["name"], each["in"]), _described(each)) for each in operation.get("parameters", [])
    ]
    operation["responses"] = {code: usual.get(code, each) for code, each in operation["responses"].items()}
    # Routes are grouped by subject, which shows in their path.
    *_, nearest = max(routes, key=lambda route: (_shared(route[1], path), -route[1].count("/")))
    operation["tags"] = nearest.get("tags", [])
    first = ("operationId", "summary", "description", "tags", "parameters", "requestBody", "responses")
    return {key: operation[key] for key in (*first, *operation) if operation.get(key) not in (None, [])}


def _shared(path: str, other: str) -> int:
    """How many segments two paths have in common."""
    pairs = zip(path.split("/"), other.split("/"), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _references(parameters: list[dict[str, Any]], ours: Spec) -> dict[tuple[str, str], dict[str, Any]]:
    resolved = [(each, ours.resolve(each)) for each in parameters if "$ref" in each]
    return {(node["name"], node["in"]): each for each, node in resolved}


def _block(place: str, node: Any) -> str:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.ignore_aliases = lambda _: True  # type: ignore[method-assign]
    text = io.StringIO()
    yaml.dump(node, text)
    return f"  to paste {place}:\n{textwrap.indent(textwrap.dedent(text.getvalue()), '    ')}".rstrip()
