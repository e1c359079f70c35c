"""Reads the operations of a description as routes: parameters, body, response and credential in Python's terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from . import media, naming, security
from .parameters import style_of
from .python_types import PLAIN_TEXTS, PythonType, Types, is_bytes, members_of
from .shapes import Body, Parameter, Part, Route
from .spec import Spec, below, path_parameters

_DECODERS = {media.TEXT: ("str", "decode_text"), media.BYTES: ("bytes", "decode_bytes")}
_DEPRECATED = "Deprecated by the service."


def success_codes(operation: dict[str, Any]) -> list[str]:
    """The statuses of successful responses."""
    return [str(code) for code in operation.get("responses", {}) if str(code).startswith("2")]


def tag_of(operation: dict[str, Any]) -> str:
    """The module of routes that an operation belongs to."""
    tags = operation.get("tags") or ["default"]
    return naming.module_name(str(tags[0]))


def text(node: dict[str, Any], key: str = "description") -> str:
    """A prose value, with white space folded."""
    return " ".join(str(node.get(key) or "").split())


def notes(spec: Spec, schema: Any) -> Iterator[str]:
    """What a docstring must add, because the annotation does not say it."""
    described = spec.resolve(schema)
    if described.get("format") in PLAIN_TEXTS and described.get("type") == "string":
        yield PLAIN_TEXTS[described["format"]]
    values = [value for value in described.get("enum", []) if value is not None]
    if len(values) == 1 and "$ref" not in schema:
        yield f"Always {values[0]!r}."
    if (schema.get("deprecated") or described.get("deprecated")) and "deprecated" not in spec.words(schema).lower():
        yield _DEPRECATED


class RouteReader:
    """Reads the operations of one description that the rules have accepted."""

    def __init__(self, spec: Spec) -> None:
        self._spec, self._types = spec, Types(spec)

    def read(self) -> list[Route]:
        return [self._route(*operation) for operation in self._spec.operations()]

    def _route(self, method: str, path: str, pointer: str, operation: dict[str, Any]) -> Route:
        name = operation["operationId"]
        parameters = [self._parameter(name, node, place) for place, node in self._spec.parameters(path, operation)]
        located = {
            where: [each for each in parameters if each.location == where] for where in ("path", "query", "header")
        }
        by_wire = {each.wire: each for each in located["path"]}
        accept, kind, result, decoder, item = self._answer(method, operation, pointer)
        pages = any(each.name == "page_index" and each.default is not None for each in located["query"])
        item = item if pages else None
        if item:
            decoder = f"page_decoder({result.annotation})"
        description = " ".join([text(operation), *([_DEPRECATED] if operation.get("deprecated") else [])]).strip()
        required = operation.get("security", self._spec.document.get("security", []))
        choices = security.choices(required, self._spec.security_schemes)
        return Route(
            operation_id=name,
            module=naming.module_name(name),
            tag=tag_of(operation),
            method=method,
            path=path,
            pointer=pointer,
            summary=text(operation, "summary"),
            description=description,
            authorization="none"
            if "none" in choices or not choices
            else choices[0]
            if choices == ["key"]
            else "bearer",
            accept=accept,
            path_parameters=[by_wire[wire] for wire in path_parameters(path)],
            query_parameters=located["query"],
            header_parameters=located["header"],
            body=self._body(operation, pointer),
            kind=kind,
            result=result,
            decoder=decoder,
            item=item,
            may_take_authorization="none" in choices and len(choices) > 1,
        )

    def _parameter(self, operation_id: str, node: dict[str, Any], pointer: str) -> Parameter:
        required = bool(node.get("required"))
        schema = self._spec.resolve(node["schema"])
        kind = self._types.of(node["schema"], below(pointer, "schema"))
        annotation = kind.annotation
        if kind.json == {"array"}:
            annotation = f"Sequence[{annotation[5:-1]}]"
        elif kind.json == {"object"}:
            annotation = f"{annotation} | Mapping[str, Any]" if kind.is_model else f"Mapping{annotation[4:]}"
        words = [text(node) or self._spec.words(node["schema"]), *notes(self._spec, node["schema"])]
        if node.get("deprecated"):
            words.append(_DEPRECATED)
        parameter = Parameter(
            name=naming.parameter_name(operation_id, node["name"], node["in"]),
            annotation=annotation,
            description=" ".join(dict.fromkeys(word for word in words if word)),
            wire=node["name"],
            location=node["in"],
            style=style_of(node, kind, pointer, self._types),
            service_default=schema.get("default"),
        )
        return parameter if required else parameter.optional

    def _body(self, operation: dict[str, Any], pointer: str) -> Body | None:
        body = self._spec.resolve(operation.get("requestBody"))
        if not body:
            return None
        chosen = media.choose(body["content"], media.SENT)
        assert chosen is not None
        name, kind = chosen
        schema = body["content"][name].get("schema", {})
        words = text(body)
        parts: tuple[Part, ...] = ()
        if kind == media.JSON:
            sent = self._types.of(schema, below(pointer, "requestBody", "content", name, "schema"))
            annotation = self._sent(sent) + (" | None" if self._types.is_nullable(schema) and sent.json else "")
        elif kind in (media.FORM, media.PARTS):
            parts, listed = self._parts(schema)
            annotation, words = "Mapping[str, Any]", f"{words} {listed}".strip()
        else:
            annotation = "str" if kind == media.TEXT else "Content"
            words = words or ("The text." if kind == media.TEXT else "The bytes, an open binary file, or a path.")
        parameter = Parameter("payload", annotation, words or "The body: a model, or plain JSON.")
        return Body(kind, name, parameter if body.get("required") else parameter.optional, parts)

    @staticmethod
    def _sent(kind: PythonType) -> str:
        if kind.json == {"array"} and kind.inner:
            inner = kind.inner
            return (
                f"Sequence[{inner.annotation} | Mapping[str, Any]]"
                if inner.classes
                else f"Sequence[{inner.annotation}]"
            )
        if kind.json == {"object"} and not kind.is_model and not kind.classes:
            return f"Mapping{kind.annotation[4:]}" if kind.annotation.startswith("dict") else "Mapping[str, Any]"
        takes_mappings = "object" in kind.json and kind.annotation != "Any"
        return " | ".join([*members_of(kind.annotation), *(["Mapping[str, Any]"] if takes_mappings else [])])

    def _parts(self, schema: dict[str, Any]) -> tuple[tuple[Part, ...], str]:
        described = self._spec.resolve(schema)
        if "$ref" in schema:
            described = self._spec.schemas[schema["$ref"].rpartition("/")[2]]
        parts: list[Part] = []
        listed: list[str] = []
        required: list[str] = described.get("required", [])
        for wire, field in described["properties"].items():
            resolved = self._spec.resolve(field)
            of_bytes = is_bytes(resolved) or is_bytes(self._spec.resolve(resolved.get("items", {})))
            parts.append(Part(wire, wire in required, of_bytes))
            kind = "bytes, an open binary file, or a path" if of_bytes else str(resolved.get("type", "any value"))
            facts = f"{kind}, required" if wire in required else kind
            words = self._spec.words(field)
            listed.append(f"``{wire}`` ({facts})" + (f": {words.rstrip('.')}" if words else ""))
        return tuple(parts), f"Its fields: {'; '.join(listed)}."

    def _answer(
        self, method: str, operation: dict[str, Any], pointer: str
    ) -> tuple[str | None, str, PythonType, str, PythonType | None]:
        """Media type, kind, type and decoder of the response, and the type of its items if it may be a page."""
        bodies: list[tuple[str, str, dict[str, Any], str]] = []
        codes = success_codes(operation)
        for code in codes:
            content = cast("dict[str, Any]", self._spec.resolve(operation["responses"][code]).get("content") or {})
            chosen = media.choose(content, media.READ)
            if chosen and method != "head":
                place = below(pointer, "responses", code, "content", chosen[0], "schema")
                bodies.append((*chosen, content[chosen[0]].get("schema", {}), place))
        if not bodies:
            return None, media.NOTHING, PythonType("None"), "decode_nothing", None
        name, kind, schema, place = bodies[0]
        item = None
        if kind in _DECODERS:
            annotation, decoder = _DECODERS[kind]
            result = PythonType(annotation)
        else:
            result = self._types.of(schema, place)
            decoder = self._decoder(result, kind)
            item = self._item(result)
            if self._types.is_nullable(schema) and result.annotation != "Any":
                result, decoder, item = result.optional, f"nullable({decoder})", None
        if kind == media.LINES:
            return name, kind, result, decoder, None
        if len(bodies) < len(codes):
            # One of the statuses, such as 204, comes without a body.
            result = result.optional
            kind, decoder, item = media.OPTIONAL, f"optional({decoder})", None
        return name, kind, result, decoder, item

    @staticmethod
    def _decoder(kind: PythonType, body: str) -> str:
        if kind.is_model:
            return f"object_decoder({kind.annotation})"
        if kind.json == {"array"} and kind.inner:
            return f"list_decoder({kind.inner.exact})"
        if len(kind.json) > 1 and "string" in kind.json and body != media.LINES:
            return f"value_decoder({kind.exact})"
        names = "".join(f", {name!r}" for name in sorted(kind.json))
        return f"json_decoder({kind.exact}{names})" if names else "decode_json"

    def _item(self, page: PythonType) -> PythonType | None:
        if not page.is_model:
            return None
        fields = self._spec.schemas[page.annotation]["properties"]
        if "next" not in fields or "items" not in fields:
            return None
        items = self._types.of(fields["items"], "#")
        return items.inner if items.json == {"array"} else None
