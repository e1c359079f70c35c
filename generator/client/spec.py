"""Reads an API description and finds places in it; :mod:`generator.client.rules` refuses bad ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from .compose import composed
from .downgrade import DATA, NAMES, downgrade, original
from .yaml_source import Source

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
IN_PATH = re.compile(r"\{([^{}]*)\}")


class SpecError(Exception):
    """The API description cannot be used; the message says where it is wrong and how to fix it."""

    def __init__(self, what: str, remedy: str, *, file: Path | None = None, line: int | None = None) -> None:
        where = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(f"{where}{what}\n  Remedy: {remedy}")


@dataclass(frozen=True)
class Problem:
    """Something that keeps a description from becoming code: a JSON pointer, what is wrong there, and the remedy."""

    pointer: str
    what: str
    remedy: str


class Spec:
    """An API description, with the line of every place in it.

    Attributes:
        path: The file.
        document: Its content as plain dictionaries and lists; OpenAPI 3.1 is rewritten as 3.0.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._source = _read(path)
        self.document: dict[str, Any] = downgrade(self._source.value)
        decode_references(self.document)

    def error(self, pointer: str, what: str, remedy: str) -> SpecError:
        """An error at a JSON pointer such as ``#/paths/~1htc~1projects/get``."""
        place = pointer_to(*self._tokens_in_file(pointer))
        return SpecError(f"{what} (at {place})", remedy, file=self.path, line=self.line(pointer))

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Raise one error that names all problems, in the order of the file; nothing happens if there are none."""
        errors = [
            (self.line(each.pointer), str(self.error(each.pointer, each.what, each.remedy)))
            for each in dict.fromkeys(problems)
        ]
        if errors:
            raise SpecErrors([text for _, text in sorted(errors, key=lambda error: error[0])])

    def line(self, pointer: str) -> int:
        """The line that a JSON pointer leads to, or the last line on the way there."""
        return self._source.line(self._tokens_in_file(pointer))

    def _tokens_in_file(self, pointer: str) -> list[str]:
        return original(self._source.value, _tokens(pointer))

    def resolve(self, node: Any) -> Any:
        """What a ``$ref`` leads to; anything else is returned unchanged."""
        while isinstance(node, dict) and "$ref" in node:
            node = self.at(cast("dict[str, Any]", node)["$ref"])
        return node

    def at(self, pointer: str) -> Any:
        """The node at a JSON pointer."""
        node: Any = self.document
        for token in _tokens(pointer):
            node = node[int(token)] if isinstance(node, list) else node[token]
        return node

    @cached_property
    def schemas(self) -> dict[str, dict[str, Any]]:
        """The named schemas, with composed objects written out."""
        return composed(self.document.get("components", {}).get("schemas", {}))

    @property
    def security_schemes(self) -> dict[str, dict[str, Any]]:
        """The security schemes, references resolved."""
        schemes = self.document.get("components", {}).get("securitySchemes", {})
        return {name: self.resolve(scheme) for name, scheme in schemes.items()}

    def parameters(self, path: str, operation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        """Parameters of an operation, with those of its path, each with its JSON pointer."""
        of_path, own = self.parameter_lists(path, operation)
        return list({parameter_key(node): (place, node) for place, node in [*of_path, *own]}.values())

    def parameter_lists(self, path: str, operation: dict[str, Any]) -> list[list[tuple[str, dict[str, Any]]]]:
        """Parameters of a path, and those of its operation, each with its JSON pointer."""
        item: dict[str, Any] = self.document["paths"][path]
        method = next(key for key, value in item.items() if value is operation)
        places = (
            (pointer_to("paths", path, "parameters"), item),
            (pointer_to("paths", path, method, "parameters"), operation),
        )
        return [
            [(f"{pointer}/{index}", self.resolve(node)) for index, node in enumerate(owner.get("parameters", []))]
            for pointer, owner in places
        ]

    def words(self, schema: Any) -> str:
        """The description of a schema in its place, or that of what it refers to."""
        while isinstance(schema, dict):
            node = cast("dict[str, Any]", schema)
            if isinstance(node.get("description"), str) and node["description"].strip():
                return " ".join(str(node["description"]).split())
            parts = node.get("allOf") or []
            schema = self.at(node["$ref"]) if "$ref" in node else parts[0] if len(parts) == 1 else None
        return ""

    def fields_of(self, schema: dict[str, Any]) -> dict[str, Any] | None:
        """The fields of an object, None if the schema is not one."""
        if "$ref" in schema:
            schema = self.schemas.get(schema["$ref"].rpartition("/")[2], self.resolve(schema))
        return schema["properties"] if isinstance(schema.get("properties"), dict) else None

    def operations(self) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Method, path, JSON pointer and content of every operation, in the order of the file."""
        for path, item in self.document["paths"].items():
            if path.startswith("/"):
                for method, operation in item.items():
                    if method in METHODS:
                        yield method, path, pointer_to("paths", path, method), operation


class SpecErrors(SpecError):
    """Several problems of one description.

    Attributes:
        messages: One for each problem, in the order of the file.
    """

    def __init__(self, messages: list[str]) -> None:
        Exception.__init__(self, "\n".join(messages))
        self.messages = messages

    def __reduce__(self) -> tuple[type[SpecErrors], tuple[list[str]]]:
        return type(self), (self.messages,)


def decode_references(document: Any) -> None:
    """Decode references, which are parts of URLs, in place: `…/%7BtaskId%7D` → `…/{taskId}`."""
    for _, node in walk(document):
        reference = node.get("$ref") if isinstance(node, dict) else None
        if isinstance(reference, str) and "%" in reference:
            node["$ref"] = unquote(reference)


def parameter_key(node: dict[str, Any]) -> tuple[Any, Any]:
    """What tells a parameter from the others of its route: the place and the name, which a header has in any case."""
    name = node.get("name")
    return node.get("in"), name.lower() if node.get("in") == "header" and isinstance(name, str) else name


def path_parameters(path: str) -> list[str]:
    """Names of the parameters in a path template, in their order."""
    return IN_PATH.findall(path)


def pointer_to(*tokens: object) -> str:
    """A JSON pointer made of tokens."""
    return "#/" + "/".join(_escaped(token) for token in tokens)


def below(pointer: str, *tokens: object) -> str:
    """A JSON pointer further down."""
    return "/".join([pointer, *(_escaped(token) for token in tokens)])


def walk(node: Any, pointer: str = "#", *, names: bool = False) -> Iterator[tuple[str, Any]]:
    """Every node below, with its JSON pointer. Examples and other data are skipped; ``names`` means that the keys
    are names, one of which may well be "example"."""
    yield pointer, node
    if isinstance(node, dict):
        for key, value in cast("dict[str, Any]", node).items():
            if names or key not in DATA:
                yield from walk(value, below(pointer, key), names=key in NAMES and not names)
    elif isinstance(node, list):
        for index, value in enumerate(cast("list[Any]", node)):
            yield from walk(value, f"{pointer}/{index}")


def unused_components(document: dict[str, Any]) -> list[str]:
    """Pointers of the components that no route leads to."""
    components: dict[str, dict[str, Any]] = document.get("components", {})
    nodes = [document.get("paths", {}), document.get("security", [])]
    used: set[str] = set()
    while nodes:
        for _, node in walk(nodes.pop()):
            found = [node["$ref"]] if isinstance(node, dict) and isinstance(node.get("$ref"), str) else []
            for pointer in set(found) - used:
                used.add(pointer)
                kind, _, name = pointer.removeprefix("#/components/").partition("/")
                nodes.append(components.get(kind, {}).get(name))
    return [
        pointer
        for kind, group in components.items()
        if kind != "securitySchemes"
        for name in group
        if (pointer := pointer_to("components", kind, name)) not in used
    ]


def _escaped(token: object) -> str:
    return str(token).replace("~", "~0").replace("/", "~1")


def _tokens(pointer: str) -> list[str]:
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:] if pointer != "#/"]


def _read(path: Path) -> Source:
    try:
        source = Source(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SpecError(f"cannot be read: {error.strerror}", "Name an existing file.", file=path) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SpecError("This is not UTF-8 text", "Save it as UTF-8.", file=path, line=line) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else None
        raise SpecError(f"This is not YAML: {error.problem}", "Correct this line.", file=path, line=line) from None
    except (YAMLError, ValueError) as error:
        raise SpecError(f"This is not YAML: {error}", "Correct the file.", file=path) from None
    except RecursionError:
        what = "The file is nested too deeply, or a YAML alias leads back to itself"
        raise SpecError(what, "Name the inner schemas, and refer to them with $ref.", file=path) from None
    tree = source.value
    stated = cast("dict[str, Any]", tree).get("openapi") if isinstance(tree, dict) else ""
    version, line = str(stated), source.line(["openapi"])
    if not re.fullmatch(r"3\.[01](\.\d+)?", version):
        what = f"OpenAPI {version} is not supported" if version[:1].isdigit() else "This is not an OpenAPI document"
        raise SpecError(what, "Write OpenAPI 3.0 or 3.1, starting with `openapi: 3.0.3`.", file=path, line=line)
    if not isinstance(stated, str):
        raise SpecError(f"`openapi` must be a string, not {version}", "Put it in quotes.", file=path, line=line)
    return source
