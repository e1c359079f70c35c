"""Every model returns unchanged whatever the service sends, and is an ordinary object."""

from __future__ import annotations

import contextlib
import copy
import json
import pickle
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from json_strategies import SCHEMAS, anything, fitting, model_names

from rescalehtc_generated import api, functions, models
from rescalehtc_generated.client import Route
from rescalehtc_generated.errors import HtcDecodeError
from rescalehtc_generated.json_codec import decode_json, plain
from rescalehtc_generated.timestamps import read_datetime
from rescalehtc_generated.types import Model, Record

pytestmark = pytest.mark.slow

# The same examples in every run, and no deadline: a slow machine is no fault.
quiet = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
NAMES = model_names()


def text(value: Any) -> str:
    """JSON text, in which 1, 1.0 and true differ."""
    return json.dumps(value, sort_keys=True)


def test_every_object_is_a_model() -> None:
    classes = {name for name in models.__all__ if issubclass(getattr(models, name), Record)}
    assert classes == set(NAMES)
    assert len(NAMES) > 40


@pytest.mark.parametrize("name", NAMES)
@quiet
@given(data=st.data())
def test_comes_back_equal(name: str, data: st.DataObject) -> None:
    sent = data.draw(fitting(name))
    original = copy.deepcopy(sent)
    cls: type[Record] = getattr(models, name)

    model = cls.from_dict(sent)

    assert text(model.to_dict()) == text(original)
    if isinstance(model, Model):
        assert_is_mapping(model, name, original)
    for twin in (
        cls.from_dict(original),
        copy.copy(model),
        copy.deepcopy(model),
        pickle.loads(pickle.dumps(model)),
        attrs.evolve(model),  # type: ignore[type-var]
    ):
        assert twin == model
        assert type(twin) is cls
        assert text(twin.to_dict()) == text(original)
    assert repr(model).startswith(f"{name}(")
    assert sent == original


def assert_is_mapping(model: Model, name: str, original: dict[str, Any]) -> None:
    assert text(dict(model)) == text(original)
    assert model == original
    assert original == model
    assert model.keys() == original.keys()
    assert len(model) == len(original)
    declared = [wire for wire in model.WIRE_NAMES if wire in original]
    assert list(model) == declared + [wire for wire in original if wire not in declared]
    for wire in [*SCHEMAS[name]["properties"], "fieldOfAnotherDay"]:
        assert (wire in model) == (wire in original)
        if wire in original:
            assert text(model[wire]) == text(model.get(wire)) == text(original[wire])
        else:
            assert model.get(wire, "default") == "default"
            with pytest.raises(KeyError):
                model[wire]


def test_page_envelopes_are_not_mappings() -> None:
    """Their field ``items`` would hide the method of that name; only the session sees them."""
    pages = {name for name in NAMES if {"items", "next"} <= SCHEMAS[name]["properties"].keys()}
    assert pages == {name for name in NAMES if not issubclass(getattr(models, name), Model)}


@pytest.mark.parametrize("name", NAMES)
@quiet
@given(data=st.data())
def test_a_changed_attribute_is_sent(name: str, data: st.DataObject) -> None:
    cls: type[Record] = getattr(models, name)
    model = cls.from_dict(data.draw(fitting(name)))
    wire, attribute = data.draw(st.sampled_from(sorted(cls.WIRE_NAMES.items())))
    value = data.draw(st.text() | st.integers())
    changed = attrs.evolve(model, **{attribute: value})  # type: ignore[type-var]
    setattr(model, attribute, value)
    assert model == changed
    assert text(model.to_dict()) == text(changed.to_dict())
    assert model.to_dict()[wire] == value


@pytest.mark.parametrize("name", NAMES)
@quiet
@given(data=st.data())
def test_a_mapping_of_plain_json_changes_like_a_dictionary(name: str, data: st.DataObject) -> None:
    cls: type[Record] = getattr(models, name)
    if not issubclass(cls, Model):
        return
    expected = data.draw(fitting(name))
    model = cls.from_dict(copy.deepcopy(expected))
    names = st.sampled_from([*cls.WIRE_NAMES, *expected, "fieldOfAnotherDay"])
    for wire in data.draw(st.lists(names, max_size=4)):
        if data.draw(st.booleans()):
            model[wire] = expected[wire] = data.draw(anything)
        else:
            assert text(model.pop(wire, "default")) == text(expected.pop(wire, "default"))
    assert text(model.to_dict()) == text(dict(model)) == text(expected)
    assert text(model | {"more": 1}) == text(expected | {"more": 1})
    assert text({"more": 1} | model) == text({"more": 1} | expected)
    assert text(cls.from_dict(model).to_dict()) == text(expected)


@pytest.mark.parametrize("name", NAMES)
@quiet
@given(value=anything)
def test_any_value_in_any_field_is_kept(name: str, value: Any) -> None:
    cls: type[Record] = getattr(models, name)
    sent = dict.fromkeys(cls.WIRE_NAMES, value)
    assert text(cls.from_dict(sent).to_dict()) == text(sent)


def page_routes() -> Iterator[Route[Record]]:
    for found in pkgutil.walk_packages(api.__path__, api.__name__ + "."):
        with contextlib.suppress(AttributeError, HtcDecodeError):
            route = import_module(found.name).ROUTE
            if {"items", "next"} <= route.decode(b"{}").WIRE_NAMES.keys():
                yield route


PAGES = list(page_routes())


def test_every_listing_has_a_page() -> None:
    assert len(PAGES) == sum(name.startswith("iter_") for name in functions.__all__)


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.operation_id)
@quiet
@given(data=st.data())
def test_a_page_is_read_like_any_model(route: Route[Record], data: st.DataObject) -> None:
    cls = type(route.decode(b"{}"))
    drawn = data.draw(fitting(cls.__name__) | st.fixed_dictionaries({"items": anything, "next": anything}))
    content = json.dumps(drawn).encode()
    items, url = drawn.get("items"), drawn.get("next")
    has_objects = items is None or (isinstance(items, list) and all(isinstance(item, dict) for item in items))
    if not has_objects or not isinstance(url, str | None):
        with pytest.raises(HtcDecodeError, match=r"(`items`|`next`|item \d+) of the page is .* promises"):
            route.decode(content)
        return
    page, sent = route.decode(content), decode_json(content)
    assert page == cls.from_dict(sent)
    assert text(page.to_dict()) == text(sent)


def test_a_dictionary_that_makes_up_values_is_not_asked_to() -> None:
    sent = defaultdict(list, {"message": "text", "fieldOfAnotherDay": 1})
    event = models.HTCLogEvent.from_dict(sent)
    assert event.to_dict() == sent == {"message": "text", "fieldOfAnotherDay": 1}


@quiet
@given(value=st.text() | st.datetimes().map(str))
def test_reading_a_timestamp_never_raises(value: str) -> None:
    moment = read_datetime(value)
    assert moment is None or (moment.tzinfo is not None and isinstance(plain(moment), str))
