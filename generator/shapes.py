"""What the templates and docstrings speak of: fields, parameters, routes and functions, in Python's terms."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from . import naming
from .python_types import PythonType


@dataclass(frozen=True)
class Field:
    """A field of a model."""

    wire: str
    attribute: str
    type: PythonType
    description: str
    required: bool
    nullable: bool
    read_only: bool
    sensitive: bool

    @property
    def annotation(self) -> str:
        # A timestamp is None when its text names no instant.
        is_certain = self.required and not self.nullable and not self.type.is_datetime
        optional = "" if is_certain else " | None"
        return self.type.annotation if self.type.annotation == "Any" else self.type.annotation + optional

    @property
    def default(self) -> str | None:
        """Code of the default, None where a constructor must be given a value."""
        if not self.required:
            return "None"
        return "ABSENT" if self.read_only else None


@dataclass(frozen=True)
class Parameter:
    """A parameter of a function or a route."""

    name: str
    annotation: str
    description: str
    default: str | None = None
    wire: str = ""
    location: str = ""
    service_default: object = None

    @property
    def declaration(self) -> str:
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default is not None else "")


@dataclass
class Route:
    """A route of the API: one generated module."""

    operation_id: str
    module: str
    tag: str
    method: str
    path: str
    pointer: str
    summary: str
    description: str
    authorization: str
    accept: str | None
    path_parameters: list[Parameter]
    query_parameters: list[Parameter]
    header_parameters: list[Parameter]
    payload: Parameter | None
    result: PythonType
    decoder: str
    item: PythonType | None
    may_take_authorization: bool

    @property
    def function(self) -> str:
        return naming.function_name(self.method, self.path)

    @property
    def title(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def optional_parameters(self) -> list[Parameter]:
        return self.query_parameters + self.header_parameters

    @property
    def takes_authorization(self) -> bool:
        return self.authorization == "key" or self.may_take_authorization

    @property
    def target(self) -> str:
        """Code of the encoded path."""
        path = self.path
        for parameter in self.path_parameters:
            path = path.replace(f"{{{parameter.wire}}}", f"{{segment('{parameter.name}', {parameter.name})}}")
        return f'f"{path}"' if self.path_parameters else f'"{path}"'


@dataclass
class Function:
    """A public function: one route, or a listing and its item."""

    name: str
    routes: list[Route] = field(default_factory=list[Route])
    instead: str | None = None

    @cached_property
    def collection(self) -> Route:
        return min(self.routes, key=lambda route: len(route.path))

    @cached_property
    def item(self) -> Route | None:
        return max(self.routes, key=lambda route: len(route.path)) if len(self.routes) == 2 else None

    @property
    def identifier(self) -> Parameter | None:
        """The optional parameter that tells the item from the listing."""
        return self.item.path_parameters[-1] if self.item else None

    @property
    def positional(self) -> list[Parameter]:
        """Parameters of the listing, or of the only route, that callers may give by position."""
        route = self.collection
        parameters = [*route.path_parameters]
        if route.authorization == "key":
            parameters.append(AUTHORIZATION)
        if route.payload:
            parameters.append(route.payload)
        return parameters

    @property
    def positional_paging(self) -> list[Parameter]:
        size = naming.POSITIONAL_PAGING.get(self.name)
        if size is None or self.page_size is None:
            return []
        return [MAX_ITEMS, replace(self.page_size, annotation="int", default=str(size))]

    @property
    def page_size(self) -> Parameter | None:
        return next((p for p in self.collection.query_parameters if p.name == "page_size"), None)

    @property
    def keywords(self) -> list[Parameter]:
        """Keyword-only parameters of the listing, or of the only route."""
        route, taken = self.collection, {parameter.name for parameter in self.positional_paging}
        if not route.item:
            optional = [OPTIONAL_AUTHORIZATION] if route.may_take_authorization else []
            return route.optional_parameters + optional
        parameters = [p for p in route.optional_parameters if p.name != "page_index"]
        return [p for p in [*parameters, MAX_ITEMS] if p.name not in taken]

    @property
    def arguments(self) -> str:
        """Code of the arguments for the listing's, or the only, route."""
        route = self.collection
        values = [p.name for p in route.path_parameters]
        if route.payload:
            values.append("payload")
        sent = [p for p in route.optional_parameters if not (route.item and p.name == "page_index")]
        values += [f"{p.name}={self._value(p)}" for p in sent]
        if route.takes_authorization:
            values.append("authorization=authorization_header")
        return ", ".join(values)

    def _value(self, parameter: Parameter) -> str:
        # A page longer than what is asked for in all would be fetched for nothing.
        if parameter.name == "page_size" and self.collection.item and isinstance(parameter.service_default, int):
            return f"page_limit(page_size, max_items, {parameter.service_default})"
        return parameter.name

    @property
    def item_arguments(self) -> str:
        """Code of the arguments for the item's route."""
        return ", ".join(parameter.name for parameter in self.item.path_parameters) if self.item else ""

    @property
    def streaming_name(self) -> str:
        return naming.streaming_name(self.name)

    @property
    def streaming_keywords(self) -> list[Parameter]:
        return [*self.keywords, *self.positional_paging]

    @property
    def returns(self) -> str:
        route = self.collection
        return f"list[{route.item.annotation}]" if route.item else route.result.annotation


MAX_ITEMS = Parameter("max_items", "int | None", "At most this many items in all; None for all of them.", "None")
AUTHORIZATION = Parameter(
    "authorization_header",
    "str",
    "Value of the Authorization header: `Token <API key>` or `Refresh <refresh token>`.",
)

OPTIONAL_AUTHORIZATION = Parameter(
    "authorization_header",
    "str | None",
    "Value of an Authorization header; None sends none.",
    "None",
)
