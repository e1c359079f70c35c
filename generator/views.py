"""What the templates see: classes, routes and functions, put together from the parsed API description."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.properties import EnumProperty, ListProperty, ModelProperty, UnionProperty

from . import naming
from .deprecated import OldNames
from .python_types import PythonType, UnsupportedType, is_map, python_type
from .shapes import Field, Function, Parameter, Route
from .spec import Spec, pointer_to

KEY_SCHEMES = frozenset({"apiKey"})


def text(node: dict[str, Any], key: str = "description") -> str:
    """A prose value, its white space folded."""
    return " ".join(str(node.get(key) or "").split())


class Views:
    """Everything that the templates ask for."""

    def __init__(self, spec: Spec, data: GeneratorData) -> None:
        self.spec = spec
        self.data = data
        self._models = {str(model.class_info.name): model for model in data.models}

    @cached_property
    def routes(self) -> list[Route]:
        endpoints = {
            str(endpoint.name): (str(tag), endpoint)
            for tag, collection in self.data.endpoint_collections_by_tag.items()
            for endpoint in collection.endpoints
        }
        routes: list[Route] = []
        for method, path, pointer, operation in self.spec.operations():
            module = naming.module_name(operation["operationId"])
            tag, endpoint = endpoints[module]
            routes.append(self._route(method, path, pointer, operation, tag, module, endpoint))
        return routes

    @cached_property
    def functions(self) -> list[Function]:
        functions: dict[str, Function] = {}
        for route in self.routes:
            for name, (method, path, instead) in naming.NOT_IMPLEMENTED.items():
                if (method, path) == (route.method, route.path):
                    functions[name] = Function(name, [route], instead)
            if route.function not in naming.NOT_IMPLEMENTED:
                functions.setdefault(route.function, Function(route.function)).routes.append(route)
        for function in functions.values():
            self._check_parameters(function)
        return list(functions.values())

    @cached_property
    def old_names(self) -> OldNames:
        functions = {function.name for function in self.functions}
        functions |= {function.streaming_name for function in self.functions if function.collection.item}
        classes = {str(enum.class_info.name): set[str]() for enum in self.data.enums}
        classes |= {
            str(model.class_info.name): {each.attribute for each in self.fields(model)} for model in self.data.models
        }
        return OldNames(functions, classes)

    def _check_parameters(self, function: Function) -> None:
        names = [p.name for p in (*function.positional, *function.positional_paging, *function.keywords)]
        names += [function.identifier.name] if function.identifier else []
        for name in {name for name in names if names.count(name) > 1}:
            raise self.spec.error(
                function.collection.pointer,
                f"{function.name} would have two parameters called {name}",
                "Name one of them in PARAMETER_ALIASES in generator/naming.py.",
            )

    def route(self, endpoint: Any) -> Route:
        return next(route for route in self.routes if route.module == str(endpoint.name))

    def module_of(self, class_name: str) -> str:
        return naming.module_name(class_name)

    def fields(self, model: ModelProperty) -> list[Field]:
        name = str(model.class_info.name)
        schema = self._schema(name)
        properties = [*(model.required_properties or []), *(model.optional_properties or [])]
        by_wire = {prop.name.get_untrusted_value(): prop for prop in properties}
        required = set(schema.get("required", []))
        fields: list[Field] = []
        for wire, raw in schema["properties"].items():
            place = pointer_to("components", "schemas", name, "properties", wire)
            described = self.spec.resolve(raw)
            fields.append(
                Field(
                    wire=wire,
                    attribute=naming.attribute_name(wire, schema["properties"]),
                    type=self._type(by_wire[wire], place),
                    description=text(raw) or text(described),
                    required=wire in required,
                    nullable=self._nullable(raw),
                    read_only=bool(raw.get("readOnly")),
                    sensitive=bool(raw.get("x-sensitive")),
                )
            )
        taken: dict[str, str] = {}
        for each in fields:
            if each.attribute in taken:
                raise self.spec.error(
                    pointer_to("components", "schemas", name, "properties", each.wire),
                    f"{each.wire!r} and {taken[each.attribute]!r} both give the attribute {each.attribute}",
                    "Add a spelling to generator/naming.py.",
                )
            taken[each.attribute] = each.wire
        return fields

    @staticmethod
    def classes(fields: list[Field]) -> list[str]:
        return sorted({name for each in fields for name in each.type.classes})

    def route_classes(self, route: Route) -> list[str]:
        """Classes that a route's module names, in its result, its decoder and its parameters."""
        kinds = [route.result.annotation, *(p.annotation for p in self._parameters(route))]
        kinds += [route.item.annotation] if route.item else []
        return self._named(kinds)

    @cached_property
    def function_classes(self) -> list[str]:
        """Classes that the functions name in their signatures."""
        kinds: list[str] = []
        for route in self.routes:
            kinds += [route.result.annotation, *(p.annotation for p in self._parameters(route))]
            kinds += [route.item.annotation] if route.item else []
        return self._named(kinds)

    def description(self, class_name: str) -> str:
        return text(self._schema(class_name))

    def members(self, enum: EnumProperty) -> dict[str, str | int]:
        """Members of an enum, and their values."""
        values = self._schema(str(enum.class_info.name))["enum"]
        return {naming.member_name(value): value for value in values if value is not None}

    def late_imports(self, model: ModelProperty) -> frozenset[str]:
        """Classes that lead back to this one, so that its module cannot import theirs while it loads."""
        name = str(model.class_info.name)
        return frozenset(other for other in self._uses(name) - {name} if name in self._reachable(other))

    @staticmethod
    def annotation(class_name: str, field: Field, late: frozenset[str]) -> str:
        """The annotation of a field, in quotes where it names a class that does not exist yet."""
        is_later = field.type.classes & (late | {class_name})
        return f'"{field.annotation}"' if is_later else field.annotation

    @property
    def server_url(self) -> str:
        return self.spec.document["servers"][0]["url"]

    @staticmethod
    def _parameters(route: Route) -> list[Parameter]:
        payload = [route.payload] if route.payload else []
        return [*route.path_parameters, *route.optional_parameters, *payload]

    def _named(self, annotations: list[str]) -> list[str]:
        words = {word for annotation in annotations for word in re.findall(r"\w+", annotation)}
        schemas = self.spec.document.get("components", {}).get("schemas", {})
        return sorted(words & schemas.keys())

    def _uses(self, name: str) -> set[str]:
        model = self._models.get(name)
        if model is None:
            return set()
        properties = [*(model.required_properties or []), *(model.optional_properties or [])]
        return {used for prop in properties for used in python_type(prop).classes}

    def _reachable(self, name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            new = self._uses(waiting.pop()) - found
            found |= new
            waiting += new
        return found

    def _schema(self, class_name: str) -> dict[str, Any]:
        schemas = self.spec.document.get("components", {}).get("schemas", {})
        return schemas[class_name]

    def _nullable(self, raw: dict[str, Any]) -> bool:
        return bool(raw.get("nullable") or self.spec.resolve(raw).get("nullable"))

    def _type(self, prop: Any, pointer: str) -> PythonType:
        try:
            return python_type(prop)
        except UnsupportedType as error:
            raise self.spec.error(pointer, f"This type is not supported: {error}", "Describe it otherwise.") from None

    def _route(
        self,
        method: str,
        path: str,
        pointer: str,
        operation: dict[str, Any],
        tag: str,
        module: str,
        endpoint: Any,
    ) -> Route:
        raw = {(node["in"], node["name"]): node for node in self.spec.parameters(path, operation)}

        def parameters(location: str, props: list[Any]) -> list[Parameter]:
            by_wire = {prop.name.get_untrusted_value(): prop for prop in props}
            return [
                self._parameter(operation["operationId"], node, self._type(by_wire[wire], pointer))
                for (where, wire), node in raw.items()
                if where == location
            ]

        accept = self._accept(operation)
        prop = next((r.prop for r in endpoint.responses.patterns if r.status_code.range[0] // 100 == 2), None)
        result, decoder = self._result(prop if accept else None, accept, pointer)
        pages = "page_index" in {p.name for p in parameters("query", endpoint.query_parameters)}
        payload = self._payload(operation, endpoint, pointer)
        item = self._item(prop, pointer) if pages and accept else None
        if item:
            decoder = f"page_decoder({result.annotation})"
        by_path = {parameter.wire: parameter for parameter in parameters("path", endpoint.path_parameters)}
        order = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        return Route(
            operation_id=operation["operationId"],
            module=module,
            tag=tag,
            method=method,
            path=path,
            pointer=pointer,
            summary=text(operation, "summary"),
            description=text(operation),
            authorization=self._authorization(operation),
            accept=accept,
            path_parameters=[by_path[wire] for wire in order],
            query_parameters=parameters("query", endpoint.query_parameters),
            header_parameters=parameters("header", endpoint.header_parameters),
            payload=payload,
            result=result,
            decoder=decoder,
            item=item,
            may_take_authorization=self._may_take_authorization(operation),
        )

    def _parameter(self, operation_id: str, node: dict[str, Any], kind: PythonType) -> Parameter:
        required = bool(node.get("required"))
        annotation = kind.annotation
        if annotation.startswith("list["):
            annotation = f"Sequence[{annotation[5:-1]}]"
        return Parameter(
            name=naming.parameter_name(operation_id, node["name"]),
            annotation=annotation if required else f"{annotation} | None",
            description=text(node) or text(self.spec.resolve(node.get("schema", {}))),
            default=None if required else "None",
            wire=node["name"],
            location=node["in"],
            service_default=self.spec.resolve(node.get("schema", {})).get("default"),
        )

    def _payload(self, operation: dict[str, Any], endpoint: Any, pointer: str) -> Parameter | None:
        if not endpoint.bodies:
            return None
        if len(endpoint.bodies) > 1 or endpoint.bodies[0].content_type != "application/json":
            raise self.spec.error(pointer, "Only JSON bodies are supported", "Describe one application/json body.")
        prop = endpoint.bodies[0].prop
        kind = self._type(prop.inner_property if isinstance(prop, ListProperty) else prop, pointer)
        annotation = f"{kind.annotation} | Mapping[str, Any]"
        if isinstance(prop, ListProperty):
            annotation = f"Sequence[{annotation}]"
        description = text(self.spec.resolve(operation["requestBody"])) or "The body: a model, or plain JSON."
        return Parameter("payload", annotation, description)

    def _accept(self, operation: dict[str, Any]) -> str | None:
        for code, response in operation["responses"].items():
            if code.startswith("2"):
                return next(iter(self.spec.resolve(response).get("content") or {}), None)
        return None

    def _result(self, prop: Any, accept: str | None, pointer: str) -> tuple[PythonType, str]:
        if accept is None or prop is None:
            return PythonType("None"), "decode_nothing"
        if accept.startswith("text/"):
            return PythonType("str"), "decode_text"
        kind = self._type(prop, pointer)
        if isinstance(prop, ListProperty):
            inner = self._type(prop.inner_property, pointer)
            return kind, f"list_decoder({inner.annotation})"
        if isinstance(prop, ModelProperty) and not is_map(prop):
            return kind, f"object_decoder({kind.annotation})"
        if isinstance(prop, UnionProperty) or is_map(prop):
            return kind, f"value_decoder({kind.annotation})"
        raise self.spec.error(pointer, "A JSON answer must be an object, an array or a choice", "Describe it so.")

    def _item(self, prop: Any, pointer: str) -> PythonType | None:
        if not isinstance(prop, ModelProperty):
            return None
        by_wire = {
            p.name.get_untrusted_value(): p
            for p in [*(prop.required_properties or []), *(prop.optional_properties or [])]
        }
        items = by_wire.get("items")
        if "next" not in by_wire or not isinstance(items, ListProperty):
            return None
        return self._type(items.inner_property, pointer)

    def _authorization(self, operation: dict[str, Any]) -> str:
        choices = self._security(operation)
        if not choices or {} in choices:
            return "none"
        schemes = self.spec.document["components"]["securitySchemes"]
        kinds = {schemes[name]["type"] for choice in choices for name in choice}
        return "key" if kinds <= KEY_SCHEMES else "bearer"

    def _may_take_authorization(self, operation: dict[str, Any]) -> bool:
        choices = self._security(operation)
        return {} in choices and len(choices) > 1

    def _security(self, operation: dict[str, Any]) -> list[dict[str, Any]]:
        return operation.get("security", self.spec.document.get("security", []))
