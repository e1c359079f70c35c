"""Values that no program sends on purpose: accepted unchanged, or refused with an ``HtcException``."""

from __future__ import annotations

import copy
import json
import pickle
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from rescalehtc_generated.api.job import list_jobs
from rescalehtc_generated.api.project import get_project, list_projects
from rescalehtc_generated.client import decode_text, query
from rescalehtc_generated.errors import HtcDecodeError, HtcException, HtcPayloadError
from rescalehtc_generated.json_codec import decode_json, encode_json, plain
from rescalehtc_generated.models import (
    EnvPair,
    HTCJob,
    HTCJobDefinition,
    HTCTask,
    NameValuePair,
    PresignedPutUrlResponse,
    PresignedUrlParts,
)

SECRET = "hush-4711"


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value] if depth % 2 else {"a": value}
    return value


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and everything that it refers to, hidden or not."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def own_ring() -> Any:
    ring: dict[str, Any] = {"list": []}
    ring["list"].append({"again": ring, "many": [ring] * 50})
    return ring


def model_ring() -> Any:
    task = HTCTask(task_name="t", task_description="d")
    task["self"] = task
    return task


@pytest.mark.parametrize("make", [own_ring, model_ring, lambda: [own_ring()]])
def test_a_payload_that_contains_itself_is_refused(make: Any) -> None:
    with pytest.raises(HtcPayloadError, match="contains itself"):
        encode_json(make())


def test_a_model_that_contains_itself_is_shown_and_refused() -> None:
    task = model_ring()
    assert repr(task) == "HTCTask(task_description='d', task_name='t', self=…)"
    with pytest.raises(HtcPayloadError, match="contains itself"):
        task.to_dict()
    definition = HTCJobDefinition(image_name="i")
    definition.envs = [definition]  # type: ignore[list-item]
    assert repr(definition) == "HTCJobDefinition(envs=[…], image_name='i')"
    with pytest.raises(HtcPayloadError, match="contains itself"):
        encode_json(definition)


def test_an_object_that_occurs_twice_is_not_a_ring() -> None:
    shared = {"a": [1]}
    assert plain([shared, {"b": shared}, (shared,)]) == [shared, {"b": shared}, [shared]]


@pytest.mark.slow
@pytest.mark.parametrize("depth", [599, 600, 900])
def test_a_field_that_is_nested_deeply_is_kept(depth: int) -> None:
    task = HTCTask.from_dict({"taskName": "t", "deep": nested(depth)})
    assert json.dumps(task.to_dict()["deep"]) == json.dumps(nested(depth))
    for twin in (pickle.loads(pickle.dumps(task)), copy.deepcopy(task), copy.copy(task)):
        assert json.dumps(twin["deep"]) == json.dumps(nested(depth))
        twin["deep"] = 1
    assert json.loads(encode_json(task))["taskName"] == "t"
    assert "deep=…" in repr(task)


@pytest.mark.slow
def test_what_is_nested_too_deeply_for_json_is_refused() -> None:
    task = HTCTask.from_dict({"deep": nested(30_000)})  # Python 3.13 writes several thousand levels
    with pytest.raises(HtcPayloadError, match="nested too deeply"):
        encode_json(task)
    with pytest.raises(HtcPayloadError, match="nested too deeply"):
        pickle.dumps(task)
    with pytest.raises(HtcDecodeError, match="not JSON"):
        decode_json(b"[" * 100_000)


@pytest.mark.parametrize("text", ["\udc80", "a\ud83d", "\udcff/ü"])
def test_lone_surrogates(text: str) -> None:
    assert decode_json(encode_json({"name": text, "ü": text})) == {"name": text, "ü": text}
    with pytest.raises(HtcPayloadError, match=r"project_id cannot be sent in a URL.*lone surrogate"):
        get_project.call(text)
    with pytest.raises(HtcPayloadError, match=r"group\w* cannot be sent in a URL.*lone surrogate"):
        list_jobs.call("p", "t", group=text)
    with pytest.raises(HtcPayloadError, match="lone surrogate"):
        query(("a", ["fine", text]))


@pytest.mark.parametrize("value", [{"a"}, b"a", {"a": 1}, (each for each in "a"), ["a", ["b"]]])
def test_other_objects_are_not_sent_as_their_repr(value: Any) -> None:
    with pytest.raises(HtcPayloadError, match="cannot be sent here: pass a string, or a list of strings"):
        query(("a", value))


@pytest.mark.parametrize("value", ["abc", {"a": {}}, 5, True])
def test_items_that_are_not_an_array_are_refused(value: Any) -> None:
    for route in (list_jobs.ROUTE, list_projects.ROUTE):
        with pytest.raises(HtcDecodeError, match=r"`items` of the page is .*, the description promises a JSON array"):
            route.decode(json.dumps({"items": value}).encode())


@pytest.mark.parametrize("value", [["a"], {"a": {}}, 5, False])
def test_next_that_is_not_a_string_is_refused(value: Any) -> None:
    for route in (list_jobs.ROUTE, list_projects.ROUTE):
        with pytest.raises(HtcDecodeError, match=r"`next` of the page is .*, the description promises a JSON string"):
            route.decode(json.dumps({"items": [], "next": value}).encode())


def test_a_page_of_nothing() -> None:
    for body in (b"{}", b'{"items": null, "next": null}', b'{"items": [], "next": ""}'):
        page = list_jobs.ROUTE.decode(body)
        assert not page.items
        assert not page.next


def test_a_value_that_is_not_an_object_is_not_a_model() -> None:
    for value in (None, "text", [1], 5):
        with pytest.raises(HtcDecodeError, match="HTCJob is read from a mapping"):
            HTCJob.from_dict(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "model",
    [
        PresignedUrlParts(file=f"/x?sig={SECRET}", content=SECRET, ref=SECRET, authority=f"u:{SECRET}@h", host="h"),
        PresignedPutUrlResponse.from_dict({"url": {"file": SECRET, "protocol": "https"}}),
        HTCJobDefinition(image_name="i", claims=[NameValuePair(name="c", value=SECRET)]),
        HTCJobDefinition(image_name="i", envs=[EnvPair(name="c", value=SECRET)]),
        HTCJobDefinition.from_dict({"imageName": "i", "envs": {"KEY": SECRET}, "claims": SECRET}),
        HTCJobDefinition.from_dict({"imageName": "i", "envs": [[SECRET], SECRET, None], "claims": [[{"a": SECRET}]]}),
        HTCJobDefinition(image_name="i", envs=[{"name": "A", "value": SECRET}]),  # type: ignore[list-item]
        HTCJobDefinition(image_name="i", envs=({"value": SECRET},)),  # type: ignore[arg-type]
        HTCJob.from_dict({"jobUUID": "j", "envs": [{"name": "A", "value": {"deep": SECRET}, "new": SECRET}]}),
        HTCJob.from_dict({"jobUUID": "j", "new": SECRET}),
    ],
)
def test_no_secret_shows(model: Any) -> None:
    assert SECRET in json.dumps(model.to_dict())
    assert SECRET not in repr(model) + str(model) + f"{model}" + repr([model])


def test_no_exception_holds_a_body() -> None:
    for decode, content in ((decode_json, f'{{"a": "{SECRET}"'.encode()), (decode_text, SECRET.encode() + b"\xff")):
        with pytest.raises(HtcException) as caught:
            decode(content)
        for error in chain(caught.value):
            assert SECRET not in str(vars(error)) + repr(error.args)
            assert not hasattr(error, "doc")
            assert not hasattr(error, "object")
        assert SECRET not in "".join(traceback.format_exception(caught.value))
