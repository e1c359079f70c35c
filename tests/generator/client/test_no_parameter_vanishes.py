"""Every parameter of a route is a parameter of its function and is sent: proven by calling every form."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_plus

import pytest
from edits import both, route

from generator.client import naming
from generator.client.build import SPEC, read
from generator.client.python_types import is_bytes
from generator.client.shapes import Function, Parameter, Route
from rescalehtc_generated import functions as generated

_numbers = itertools.count(1)
VIEWS = read(SPEC)
FUNCTIONS = {function.name: function for function in VIEWS.functions if not function.instead}


class Session:
    """Records the call."""

    def send(self, call: Any) -> Any:
        return call

    def collect(self, call: Any, max_items: int | None = None) -> Any:
        return call

    def save(self, call: Any, local_path: str) -> Any:
        assert local_path == "local_path"
        return call

    stream, lines = collect, send


def forms(function: Function) -> Iterator[tuple[str, str, Route, list[Parameter]]]:
    """Every way to call a function: what it is, the function's name, the route, and the keywords it takes."""
    yield "listing" if function.item else "only", function.name, function.collection, function.listing_keywords
    if function.collection.item:
        yield "one by one", function.streaming_name, function.collection, function.streaming_keywords
    if function.item:
        yield "item", function.name, function.item, function.item_keywords
    for saving in function.savings:
        yield "to a file", saving.name, saving.collection, saving.keywords


def payload(route: Route, text: str) -> Any:
    """A body for a route in which a text occurs."""
    spec = VIEWS.spec
    body = spec.resolve(spec.document["paths"][route.path][route.method.lower()]["requestBody"])
    media, node = next(iter(body["content"].items()))
    if "json" in media:
        return {"field": text}
    fields = spec.resolve(node["schema"]).get("properties", {})
    texts = {name: is_bytes(field) for name, field in fields.items() if field.get("type") == "string"}
    return {name: text.encode() if binary else text for name, binary in texts.items()} or text.encode()


CASES = [(name, kind) for name, function in FUNCTIONS.items() for kind, *_ in forms(function)]


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_every_parameter_of_the_route_is_sent(name: str, kind: str) -> None:
    function = FUNCTIONS[name]
    _, called, route, keywords = next(form for form in forms(function) if form[0] == kind)
    given: dict[str, str] = {}

    def value(parameter: Parameter) -> Any:
        if parameter.name == "page_size":
            given[parameter.wire or parameter.name] = "4321"
            return 4321
        given[parameter.wire or parameter.name] = text = f"sentinel{next(_numbers)}x"
        return [text] if "Sequence" in parameter.annotation else text

    parameters = function.savings[0].positional_saving if kind == "to a file" else function.positional
    fixed: dict[str, Callable[[Parameter], Any]] = {
        "payload": lambda each: payload(route, value(each)),
        "local_path": lambda each: each.name,
    }
    positional = [fixed.get(each.name, value)(each) for each in parameters]
    if kind == "item":
        assert function.identifier is not None
        positional.append(value(function.identifier))
    named = {each.name: value(each) for each in keywords if each.name != "max_items"}
    if kind == "only":
        named |= {each.name: value(each) for each in function.positional_paging if each.name != "max_items"}

    call = getattr(generated, called)(Session(), *positional, **named)

    assert (call.route.path, call.route.method) == (route.path, route.method.upper())
    seen = " ".join(
        [unquote_plus(call.target), *call.headers.values(), (call.body or b"").decode(), call.authorization or ""]
    )
    for text in given.values():
        assert text in seen
    # And vice versa: every parameter of the route was passed.
    taken = {each.wire for each in [*route.path_parameters, *route.optional_parameters]}
    paged = {"pageIndex"} if route.item else set[str]()
    assert taken - paged <= given.keys()
    assert ("payload" in given) == (route.payload is not None)


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if function.item])
def test_parameters_of_the_other_form_are_refused(name: str) -> None:
    function = FUNCTIONS[name]
    assert function.identifier is not None
    positional = ["x" for _ in function.positional]
    for keyword in function.only_listing:
        with pytest.raises(TypeError, match=f"takes {keyword} for the whole listing only"):
            getattr(generated, name)(Session(), *positional, "x", **{keyword: 1})
    for keyword in function.only_item:
        with pytest.raises(TypeError, match=f"takes {keyword} only together with"):
            getattr(generated, name)(Session(), *positional, **{keyword: 1})


@pytest.mark.slow
@pytest.mark.parametrize("method", ["post", "patch"])
def test_the_remedy_for_an_item_next_to_its_collection_works(
    method: str, client_of: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(naming.FUNCTION_ALIASES, (method, "/odd/{id}"), f"{method}_odd_item")
    package = client_of(both(route("/odd", method), route("/odd/{id}", method, operationId="other")))
    calls = [
        getattr(package.functions, f"{method}_odd")(Session()),
        getattr(package.functions, f"{method}_odd_item")(Session(), "a"),
    ]
    assert [call.target for call in calls] == ["/odd", "/odd/a"]
