"""Reads an API description, and finds its way about in it; :mod:`generator.rules` judges it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


class SpecError(Exception):
    """The API description cannot be used; the message says where it is wrong and what mends it."""

    def __init__(self, what: str, remedy: str, *, file: Path | None = None, line: int | None = None) -> None:
        where = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(f"{where}{what}\n  Remedy: {remedy}")


class Spec:
    """An API description, with the line of every place in it.

    Attributes:
        path: The file.
        document: Its content as plain dictionaries and lists.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tree: Any = _load(path)
        self.document: dict[str, Any] = plain_tree(self._tree)

    def error(self, pointer: str, what: str, remedy: str) -> SpecError:
        """An error at a JSON pointer such as ``#/paths/~1htc~1projects/get``."""
        return SpecError(f"{what} (at {pointer})", remedy, file=self.path, line=self.line(pointer))

    def line(self, pointer: str) -> int | None:
        """The line that a JSON pointer leads to, or the last line on the way there."""
        node, line = self._tree, 1
        for token in _tokens(pointer):
            try:
                if isinstance(node, dict):
                    key = token if token in node else int(token)
                    line = cast(Any, node).lc.key(key)[0] + 1
                else:
                    key = int(token)
                    line = cast(Any, node).lc.item(key)[0] + 1
                node = cast(Any, node)[key]
            except (KeyError, IndexError, ValueError, TypeError, AttributeError):
                break
        return line

    def resolve(self, node: Any) -> Any:
        """What a ``$ref`` leads to; anything else is returned as it is."""
        while isinstance(node, dict) and "$ref" in node:
            node = self.at(cast("dict[str, Any]", node)["$ref"])
        return node

    def at(self, pointer: str) -> Any:
        """The node at a JSON pointer."""
        node: Any = self.document
        for token in _tokens(pointer):
            node = node[int(token)] if isinstance(node, list) else node[token]
        return node

    def parameters(self, path: str, operation: dict[str, Any]) -> list[dict[str, Any]]:
        """Parameters of an operation, with those that its path describes for all of them."""
        nodes = [*self.document["paths"][path].get("parameters", []), *operation.get("parameters", [])]
        resolved = [self.resolve(node) for node in nodes]
        return list({(node.get("in"), node.get("name")): node for node in resolved}.values())

    def operations(self) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Method, path, JSON pointer and content of every operation, in the order of the file."""
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                if method in METHODS:
                    yield method, path, pointer_to("paths", path, method), operation


def pointer_to(*tokens: object) -> str:
    """A JSON pointer of its tokens."""
    return "#/" + "/".join(str(token).replace("~", "~0").replace("/", "~1") for token in tokens)


def walk(node: Any, pointer: str = "#") -> Iterator[tuple[str, Any]]:
    """Every node below, with its JSON pointer. Examples are data, not description: they are passed over."""
    yield pointer, node
    if isinstance(node, dict):
        for key, value in cast("dict[str, Any]", node).items():
            if key not in ("example", "examples"):
                token = str(key).replace("~", "~0").replace("/", "~1")
                yield from walk(value, f"{pointer}/{token}")
    elif isinstance(node, list):
        for index, value in enumerate(cast("list[Any]", node)):
            yield from walk(value, f"{pointer}/{index}")


def without_nulls(document: dict[str, Any]) -> dict[str, Any]:
    """The document as openapi-python-client reads it best.

    Every field of every model accepts null anyway, and `nullable` makes the parser wrap types in unions
    and rename classes; whether a required field may be null is read from the document itself.
    """
    document = copy.deepcopy(document)
    for _, node in walk(document):
        if isinstance(node, dict) and node.pop("nullable", None) and isinstance(node.get("enum"), list):
            node["enum"] = [value for value in node["enum"] if value is not None]
    return document


def _tokens(pointer: str) -> list[str]:
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:] if token]


def _load(path: Path) -> Any:
    try:
        tree = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SpecError(f"cannot be read: {error.strerror}", "Name an existing file.", file=path) from None
    except UnicodeDecodeError:
        raise SpecError("is not UTF-8 text", "Save it as UTF-8.", file=path) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else None
        raise SpecError(f"This is not YAML: {error.problem}", "Correct this line.", file=path, line=line) from None
    except YAMLError as error:
        raise SpecError(f"This is not YAML: {error}", "Correct the file.", file=path) from None
    if not isinstance(tree, dict) or "openapi" not in tree:
        raise SpecError("This is not an OpenAPI document", "Start it with `openapi: 3.0.3`.", file=path, line=1)
    return tree


def plain_tree(node: Any) -> Any:
    """What was read from YAML as plain dictionaries, lists and values."""
    if isinstance(node, dict):
        return {str(key): plain_tree(value) for key, value in cast("dict[Any, Any]", node).items()}
    if isinstance(node, list):
        return [plain_tree(value) for value in cast("list[Any]", node)]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    # YAML reads an unquoted timestamp as a date: the description means the text.
    return node.isoformat() if hasattr(node, "isoformat") else str(node)
