"""What the templates see: classes, routes and functions, made from the API description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.properties import EnumProperty, ModelProperty

from . import naming
from .deprecated import OldNames
from .functions import grouped
from .python_types import Types, is_class
from .routes import RouteReader, notes
from .rules_frame import server_url
from .shapes import Field, Function, Parameter, Route, repeated_names
from .spec import Problem, Spec, pointer_to


class Views:
    """Everything that the templates ask for."""

    def __init__(self, spec: Spec, data: GeneratorData) -> None:
        self.spec = spec
        self.data = data
        self._types = Types(spec)
        self._classes = {name: schema for name, schema in spec.schemas.items() if is_class(schema)}

    @cached_property
    def routes(self) -> list[Route]:
        return RouteReader(self.spec).read()

    @cached_property
    def functions(self) -> list[Function]:
        by_route = {(route.method, route.path): route for route in self.routes}
        instead = {(method, path): (name, use) for name, (method, path, use) in naming.NOT_IMPLEMENTED.items()}
        named = {group[0]: (name, group) for name, group in grouped(by_route)[0].items()}
        functions: list[Function] = []
        for key, route in by_route.items():
            if key in instead:
                functions.append(Function(instead[key][0], [route], instead[key][1]))
            name, group = named.get(key, ("", []))
            if name and name not in naming.NOT_IMPLEMENTED:
                functions.append(Function(name, [by_route[each] for each in group]))
        savings = [each for function in functions for each in function.savings]
        problems = [problem for each in functions for problem in self._parameter_problems(each, each.positional)]
        for each in savings:
            problems += self._parameter_problems(each, each.positional_saving)
        self.spec.refuse([*problems, *self._clashes(savings)])
        return functions

    @property
    def savings(self) -> list[Function]:
        return [each for function in self.functions if not function.instead for each in function.savings]

    @cached_property
    def _by_module(self) -> dict[str, Route]:
        return {route.module: route for route in self.routes}

    @cached_property
    def _function_of(self) -> dict[int, str]:
        return {id(route): each.name for each in self.functions if not each.instead for route in each.routes}

    @cached_property
    def old_names(self) -> OldNames:
        functions = {function.name for function in self.functions}
        functions |= {function.streaming_name for function in self.functions if function.collection.item}
        functions |= {each.name for each in self.savings}
        classes = {str(enum.class_info.name): set[str]() for enum in self.data.enums}
        classes |= {
            str(model.class_info.name): {each.attribute for each in self.fields(model)} for model in self.data.models
        }
        return OldNames(functions, classes)

    @staticmethod
    def _parameter_problems(function: Function, positional: list[Parameter]) -> list[Problem]:
        parameters = [*positional, *function.positional_paging, *function.keywords]
        parameters += [function.identifier] if function.identifier else []
        names = repeated_names(parameters)
        for route in function.routes:
            names += repeated_names([*route.path_parameters, *route.optional_parameters])
        return [
            Problem(
                function.collection.pointer,
                f"{function.name} would have two parameters called {name}",
                f"Add to PARAMETER_ALIASES in generator/client/naming.py: {function.alias_for(name)}.",
            )
            for name in dict.fromkeys(names)
        ]

    @staticmethod
    def _clashes(savings: list[Function]) -> Iterator[Problem]:
        taken: dict[str, Route] = {}
        for route, name in ((each.collection, each.name) for each in savings):
            other = taken.setdefault(name, route)
            if other is not route:
                what = f"The files of {other.title} and {route.title} would both be written by {name}"
                remedy = "Give one of the routes another name in FUNCTION_ALIASES in generator/client/naming.py."
                yield Problem(route.pointer, what, remedy)

    def route(self, endpoint: Any) -> Route:
        return self._by_module[str(endpoint.name)]

    def function_of(self, route: Route) -> str:
        """Name of the public function that calls a route."""
        return self._function_of.get(id(route), route.function)

    def module_of(self, class_name: str) -> str:
        return naming.module_name(class_name)

    def fields(self, model: ModelProperty) -> list[Field]:
        name = str(model.class_info.name)
        schema = self._classes[name]
        required = set(schema.get("required", []))
        fields: list[Field] = []
        for wire, raw in schema["properties"].items():
            place = pointer_to("components", "schemas", name, "properties", wire)
            words = [self.spec.words(raw), *notes(self.spec, raw)]
            fields.append(
                Field(
                    wire=wire,
                    attribute=naming.attribute_name(wire, schema["properties"]),
                    type=self._types.of(raw, place),
                    description=" ".join(word for word in words if word),
                    required=wire in required,
                    # Answers do not hold it, even if requests must.
                    nullable=self._types.is_nullable(raw) or bool(raw.get("writeOnly")),
                    read_only=bool(raw.get("readOnly")),
                    sensitive=bool(raw.get("x-sensitive")) or raw.get("format") == "password",
                )
            )
        return fields

    @staticmethod
    def classes(fields: list[Field]) -> list[str]:
        return sorted({name for each in fields for name in each.type.classes})

    def route_classes(self, route: Route) -> list[str]:
        """Classes that a route's module names, in its result, decoder and parameters."""
        kinds = [route.result.annotation, *(p.annotation for p in self._parameters(route))]
        kinds += [route.item.annotation] if route.item else []
        return sorted(set(self._named(kinds)) | route.result.classes)

    @cached_property
    def function_classes(self) -> list[str]:
        """Classes that the functions name in their signatures."""
        kinds: list[str] = []
        for route in self.routes:
            kinds += [route.result.annotation, *(p.annotation for p in self._parameters(route))]
            kinds += [route.item.annotation] if route.item else []
        return self._named(kinds)

    def description(self, class_name: str) -> str:
        return self.spec.words(self.spec.schemas[class_name])

    def members(self, enum: EnumProperty) -> dict[str, str | int]:
        """Members of an enum, and their values."""
        values = self.spec.schemas[str(enum.class_info.name)]["enum"]
        return {naming.member_name(value): value for value in values if value is not None}

    def late_imports(self, model: ModelProperty) -> frozenset[str]:
        """Classes that refer back to this one, so that its module cannot import theirs while it loads."""
        name = str(model.class_info.name)
        return frozenset(other for other in self._uses[name] - {name} if name in self._reachable[other])

    @staticmethod
    def annotation(class_name: str, field: Field, late: frozenset[str]) -> str:
        """The annotation of a field, in quotes if it names a class that does not exist yet."""
        is_later = field.type.classes & (late | {class_name})
        return (
            repr(field.annotation).replace("'", '"')
            if is_later and '"' not in field.annotation
            else (repr(field.annotation) if is_later else field.annotation)
        )

    @property
    def server_url(self) -> str:
        return server_url(self.spec)

    @staticmethod
    def _parameters(route: Route) -> list[Parameter]:
        payload = [route.payload] if route.payload else []
        return [*route.path_parameters, *route.optional_parameters, *payload]

    def _named(self, annotations: list[str]) -> list[str]:
        words = {word for annotation in annotations for word in re.findall(r"\w+", annotation)}
        return sorted(words & self._all_classes)

    @cached_property
    def _all_classes(self) -> set[str]:
        return {str(each.class_info.name) for each in [*self.data.models, *self.data.enums]}

    @cached_property
    def _uses(self) -> dict[str, frozenset[str]]:
        return {
            name: frozenset[str]().union(*(self._types.of(raw, "#").classes for raw in schema["properties"].values()))
            for name, schema in self._classes.items()
        }

    @cached_property
    def _reachable(self) -> dict[str, set[str]]:
        """The classes that each class leads to."""
        found: dict[str, set[str]] = {}
        for name in self._all_classes:
            reached: set[str] = set()
            waiting = [name]
            while waiting:
                new = self._uses.get(waiting.pop(), frozenset()) - reached
                reached |= new
                waiting += new
            found[name] = reached
        return found
