"""Reads an API description and refuses one that the generator cannot turn into code without loss."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from openapi_spec_validator import OpenAPIV30SpecValidator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from . import naming

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


class SpecError(Exception):
    """The API description cannot be used; the message says where it is wrong and what mends it."""

    def __init__(self, what: str, remedy: str, *, file: Path | None = None, line: int | None = None) -> None:
        where = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(f"{where}{what}\n  Remedy: {remedy}")


class Spec:
    """An API description, checked, with the line of every place in it.

    Attributes:
        path: The file.
        document: Its content as plain dictionaries and lists.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tree: Any = _load(path)
        self.document: dict[str, Any] = _plain(self._tree)
        self._check()

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

    def operations(self) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Method, path, JSON pointer and content of every operation, in the order of the file."""
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                if method in METHODS:
                    yield method, path, pointer_to("paths", path, method), operation

    def _check(self) -> None:
        self._check_references()
        self._check_operation_ids()
        for error in OpenAPIV30SpecValidator(cast(Any, self.document)).iter_errors():
            pointer = pointer_to(*error.absolute_path)
            raise self.error(
                pointer, f"This is not valid OpenAPI 3.0: {error.message[:300]}", "Correct this place."
            )
        self._check_function_names()
        self._check_supported()

    def _check_references(self) -> None:
        for pointer, node in walk(self.document):
            reference = node.get("$ref") if isinstance(node, dict) else None
            if not isinstance(reference, str):
                continue
            if not reference.startswith("#/"):
                raise self.error(
                    pointer, f"The reference {reference!r} leaves this file", "Move the target here."
                )
            try:
                self.at(reference)
            except (KeyError, IndexError, ValueError, TypeError):
                raise self.error(
                    pointer,
                    f"The reference {reference!r} leads nowhere",
                    "Correct its spelling, or add what it names under components.",
                ) from None

    def _check_operation_ids(self) -> None:
        if not isinstance(self.document.get("paths"), dict) or not self.document["paths"]:
            raise self.error("#/", "There are no paths", "Add the routes under `paths`.")
        seen: dict[str, str] = {}
        for method, path, pointer, operation in self.operations():
            name = operation.get("operationId") if isinstance(cast(Any, operation), dict) else None
            if not name:
                raise self.error(
                    pointer, f"{method.upper()} {path} has no operationId", "Add a unique operationId."
                )
            module = naming.module_name(name)
            if module in seen:
                raise self.error(
                    f"{pointer}/operationId",
                    f"The operationId {name!r} of {method.upper()} {path} is taken by {seen[module]}",
                    "Give one of them another operationId.",
                )
            seen[module] = f"{method.upper()} {path}"

    def _check_function_names(self) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for method, path, pointer, _ in self.operations():
            name = naming.function_name(method, path)
            group = groups.setdefault(name, [])
            group.append((path, pointer))
            if len(group) > 2 or (
                len(group) == 2 and not is_item_of(*sorted((p for p, _ in group), key=len))
            ):
                raise self.error(
                    pointer,
                    f"{method.upper()} {path} and {group[0][0]} both give the function {name}",
                    "Add an alias to FUNCTION_ALIASES in generator/naming.py.",
                )

    def _check_supported(self) -> None:
        for pointer, node in walk(self.document):
            if not isinstance(node, dict):
                continue
            node = cast("dict[str, Any]", node)
            if node.get("in") == "header" and self.resolve(node.get("schema", {})).get("type") == "array":
                raise self.error(pointer, "A header parameter cannot be an array", "Describe it as a string.")
            if node.get("in") == "cookie":
                raise self.error(pointer, "Cookie parameters are not supported", "Remove the parameter.")
            for schema in self._body_schemas(node):
                if "$ref" not in schema and self._holds_fields(schema):
                    raise self.error(
                        f"{pointer}/content",
                        "The schema of a body stands inline, so that its class would have no good name",
                        "Move it to components/schemas and refer to it.",
                    )
        for name, schema in self.document.get("components", {}).get("schemas", {}).items():
            for place, inner in walk(schema, pointer_to("components", "schemas", name)):
                if place.count("/") > 3 and isinstance(inner, dict) and self._holds_fields(inner):
                    raise self.error(
                        place,
                        "An object with fields stands inline, so that its class would have no good name",
                        "Move it to components/schemas and refer to it.",
                    )

    def _body_schemas(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        content = node.get("content")
        for media in cast("dict[str, Any]", content).values() if isinstance(content, dict) else ():
            schema = media.get("schema") if isinstance(media, dict) else None
            if isinstance(schema, dict):
                yield cast("dict[str, Any]", schema)

    @staticmethod
    def _holds_fields(schema: Any) -> bool:
        return schema.get("type") == "object" and isinstance(schema.get("properties"), dict)


def is_item_of(collection: str, item: str) -> bool:
    """Whether ``item`` is ``collection`` with one parameter more: the two share a function."""
    rest = item.removeprefix(collection)
    return rest != item and rest.startswith("/{") and rest.endswith("}") and rest.count("/") == 1


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
        raise SpecError(
            f"This is not YAML: {error.problem}", "Correct this line.", file=path, line=line
        ) from None
    except YAMLError as error:
        raise SpecError(f"This is not YAML: {error}", "Correct the file.", file=path) from None
    if not isinstance(tree, dict) or "openapi" not in tree:
        raise SpecError(
            "This is not an OpenAPI document", "Start it with `openapi: 3.0.3`.", file=path, line=1
        )
    return tree


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in cast("dict[Any, Any]", node).items()}
    if isinstance(node, list):
        return [_plain(value) for value in cast("list[Any]", node)]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    # YAML reads an unquoted timestamp as a date: the description means the text.
    return node.isoformat() if hasattr(node, "isoformat") else str(node)
