"""The vocabulary of the templates and docstrings: fields, parameters, routes and functions, in Python's terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import quote

from . import media, naming
from .python_types import PythonType, members_of

_LITERAL = "/{}%:@!$&'()*+,;=~"


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
        return (self.type if is_certain else self.type.optional).exact

    @property
    def default(self) -> str | None:
        """Code of the default, None if the constructor requires a value."""
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
    style: str = ""
    service_default: object = None

    @property
    def declaration(self) -> str:
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default is not None else "")

    @property
    def optional(self) -> Parameter:
        """The same parameter, but optional."""
        if self.default is not None:
            return self
        parts = members_of(self.annotation)
        annotation = self.annotation if {"None", "Any"} & set(parts) else f"{self.annotation} | None"
        return replace(self, annotation=annotation, default="None")


@dataclass(frozen=True)
class Part:
    """A field of a form."""

    wire: str
    required: bool
    is_bytes: bool


@dataclass(frozen=True)
class Body:
    """What a route sends.

    Attributes:
        kind: One of the kinds of :mod:`generator.client.media`.
        media: Media type.
        parameter: The parameter that holds it.
        parts: Fields, if it is a form.
    """

    kind: str
    media: str
    parameter: Parameter
    parts: tuple[Part, ...] = ()


@dataclass
class Route:
    """A route of the API: one generated module.

    Attributes:
        kind: Kind of the response, one of those of :mod:`generator.client.media`.
        result: Type of the response, or of each of its lines.
        decoder: Code of what reads the response, or each of its lines.
    """

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
    body: Body | None
    kind: str
    result: PythonType
    decoder: str
    item: PythonType | None
    may_take_authorization: bool

    @property
    def function(self) -> str:
        """The regular name; a bulk DELETE next to that of an item has another one."""
        return naming.function_name(self.method, self.path)

    @property
    def payload(self) -> Parameter | None:
        return self.body.parameter if self.body else None

    @property
    def title(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def returns(self) -> str:
        """What a call of the route returns."""
        return f"Iterator[{self.result.annotation}]" if self.kind == media.LINES else self.result.annotation

    @property
    def may_be_saved(self) -> bool:
        """Whether the response is bytes, which may be written to a file."""
        return self.kind == media.BYTES or self.returns == "bytes | None"

    @property
    def sender(self) -> str:
        """Method of a session that makes a call of the route."""
        return "lines" if self.kind == media.LINES else "send"

    @property
    def optional_parameters(self) -> list[Parameter]:
        """Keyword parameters, the required ones first."""
        return sorted(self.query_parameters + self.header_parameters, key=lambda each: each.default is not None)

    @property
    def takes_authorization(self) -> bool:
        return self.authorization == "key" or self.may_take_authorization

    @property
    def target(self) -> str:
        """Code of the encoded path."""
        path = quote(self.path, safe=_LITERAL)
        for parameter in self.path_parameters:
            code = f"{{segment('{parameter.name}', {parameter.name})}}"
            path = path.replace(quote(f"{{{parameter.wire}}}", safe=_LITERAL), code)
        return f'f"{path}"' if self.path_parameters else f'"{path}"'

    @property
    def has_styles(self) -> bool:
        """Whether a query parameter is not simply written as one text, or as several texts one after the other."""
        return any(parameter.style not in ("plain", "repeated") for parameter in self.query_parameters)


@dataclass
class Function:
    """A public function: one route, or a listing and its item."""

    name: str
    routes: list[Route] = field(default_factory=list[Route])
    instead: str | None = None

    @cached_property
    def collection(self) -> Route:
        """The listing, or the only route."""
        return min(self.routes, key=lambda route: len(route.path))

    @cached_property
    def item(self) -> Route | None:
        return max(self.routes, key=lambda route: len(route.path)) if len(self.routes) == 2 else None

    @property
    def identifier(self) -> Parameter | None:
        """The optional parameter that tells the item from the listing."""
        return self.item.path_parameters[-1] if self.item else None

    @property
    def is_plain(self) -> bool:
        """Whether one signature describes both a listing and its item."""
        return bool(self.item) and self.returns == self.item_returns and not self.keywords

    @property
    def positional(self) -> list[Parameter]:
        """Parameters of the listing, or of the only route, that callers may pass by position."""
        route = self.collection
        parameters = [*route.path_parameters]
        if any(each.authorization == "key" for each in self.routes):
            parameters.append(AUTHORIZATION)
        if route.payload:
            parameters.append(route.payload)
        return parameters

    @property
    def positional_paging(self) -> list[Parameter]:
        size = naming.POSITIONAL_PAGING.get(self.name)
        if size is None or self.page_size is None or self.item:
            return []
        words = self.page_size.description.replace(f"Default {self.page_size.service_default}", f"Default {size}")
        return [MAX_ITEMS, replace(self.page_size, annotation="int", default=str(size), description=words)]

    @property
    def positional_saving(self) -> list[Parameter]:
        """Positional parameters of the form that writes to a file."""
        return sorted([*self.positional, LOCAL_PATH], key=lambda each: each.default is not None)

    @property
    def page_size(self) -> Parameter | None:
        return next((p for p in self.collection.query_parameters if p.name == "page_size"), None)

    @property
    def listing_keywords(self) -> list[Parameter]:
        """Keyword-only parameters of the listing, or of the only route."""
        taken = {parameter.name for parameter in self.positional_paging}
        return [p for p in self._keywords(self.collection) if p.name not in taken]

    @property
    def item_keywords(self) -> list[Parameter]:
        """Keyword-only parameters of the item."""
        return self._keywords(self.item) if self.item else []

    @property
    def keywords(self) -> list[Parameter]:
        """Keyword-only parameters of the function itself: those of both forms; what only one requires is optional."""
        if not self.item:
            return self.listing_keywords
        merged: dict[str, Parameter] = {}
        for own, others in ((self.listing_keywords, self.item_keywords), (self.item_keywords, self.listing_keywords)):
            for each in own:
                same = next((other for other in others if other.name == each.name), None)
                if same is None:
                    merged[each.name] = each.optional
                elif each.name not in merged:
                    kinds = dict.fromkeys([*members_of(each.annotation), *members_of(same.annotation)])
                    both = replace(each, annotation=" | ".join(kinds))
                    merged[each.name] = both if each.default == same.default else both.optional
        return sorted(merged.values(), key=lambda each: each.default is not None)

    @property
    def only_listing(self) -> list[str]:
        names = {each.name for each in self.item_keywords}
        return [each.name for each in self.listing_keywords if each.name not in names]

    @property
    def only_item(self) -> list[str]:
        names = {each.name for each in self.listing_keywords}
        return [each.name for each in self.item_keywords if each.name not in names]

    @property
    def arguments(self) -> str:
        """Code of the arguments for the listing's, or the only, route."""
        return self._arguments(self.collection)

    @property
    def item_arguments(self) -> str:
        """Code of the arguments for the item's route."""
        return self._arguments(self.item) if self.item else ""

    @property
    def streaming_name(self) -> str:
        return naming.streaming_name(self.name)

    @property
    def streaming_keywords(self) -> list[Parameter]:
        return [*self.listing_keywords, *self.positional_paging]

    @property
    def returns(self) -> str:
        route = self.collection
        return f"list[{route.item.annotation}]" if route.item else route.returns

    @property
    def item_returns(self) -> str:
        return self.item.returns if self.item else self.returns

    def alias_for(self, name: str) -> str:
        """An entry of PARAMETER_ALIASES that gives one of the parameters with this name another one."""
        described = [
            (route, each)
            for route in self.routes
            for each in [*route.optional_parameters, *route.path_parameters]
            if each.name == name
        ]
        route, parameter = described[0]
        key = parameter.wire
        if any(other is not parameter and other.wire == key for same, other in described if same is route):
            key = f"{parameter.location}:{key}"
        return f'("{route.operation_id}", "{key}"): "another_name"'

    @property
    def savings(self) -> list[Function]:
        """The functions that write a response of bytes to a file: one for each route that has one."""
        return [Function(naming.saving_name(self.name), [each]) for each in self.routes if each.may_be_saved]

    def _keywords(self, route: Route) -> list[Parameter]:
        parameters = [p for p in route.optional_parameters if not (route.item and p.name == "page_index")]
        if route.item:
            parameters.append(MAX_ITEMS)
        elif route.may_take_authorization:
            parameters.append(OPTIONAL_AUTHORIZATION)
        return parameters

    def _arguments(self, route: Route) -> str:
        declared = {each.name: each for each in [*self.positional_paging, *self.keywords]}
        values = [p.name for p in route.path_parameters]
        if route.payload:
            values.append("payload")
        sent = [p for p in route.optional_parameters if not (route.item and p.name == "page_index")]
        values += [f"{p.name}={self._value(route, p, declared[p.name])}" for p in sent]
        if route.takes_authorization:
            values.append("authorization=authorization_header")
        return ", ".join(values)

    def _value(self, route: Route, parameter: Parameter, declared: Parameter) -> str:
        if parameter.default is None and declared.default is not None:
            return f'needed("{self.name}", "{parameter.name}", {parameter.name})'
        # A page larger than max_items would be fetched for nothing.
        if parameter.name == "page_size" and route.item and isinstance(parameter.service_default, int):
            return f"page_limit(page_size, max_items, {parameter.service_default})"
        return parameter.name


def repeated_names(parameters: Iterable[Parameter]) -> list[str]:
    """Names that several parameters have."""
    names = [each.name for each in parameters]
    return sorted({name for name in names if names.count(name) > 1})


LOCAL_PATH = Parameter("local_path", "str | PathLike[str]", "File to write; it appears when it is complete.")
MAX_ITEMS = Parameter("max_items", "int | None", "Largest number of items in total; None for all of them.", "None")
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
