"""Models are mappings of plain JSON: programs that were written for dictionaries keep working."""

from __future__ import annotations

import copy
import csv
import inspect
import io
import json
import pickle
from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime
from typing import Any

import attrs
import orjson
import pytest

from rescalehtc.exceptions import HtcPayloadError
from rescalehtc.models import (
    EnvPair,
    HTCJob,
    HTCTask,
    HTCToken,
    RescaleJobStatus,
    Tag,
    TaskRetentionPolicy,
    json_default,
)

SENT = {
    "newField": {"deep": [1]},
    "jobUUID": "j:0",
    "status": "SUCCEEDED",
    "createdAt": "2022-03-10T16:15:50Z",
    "startedAt": "",
    "completedAt": None,
    "container": {"exitCode": 0, "reason": None},
    "envs": [{"name": "A", "value": "1"}],
    "commands": ["run"],
}
ORDER = [name for name in HTCJob.WIRE_NAMES if name in SENT] + ["newField"]


@pytest.fixture
def job() -> HTCJob:
    return HTCJob.from_dict(copy.deepcopy(SENT))


def test_it_is_a_mapping(job: HTCJob) -> None:
    assert isinstance(job, MutableMapping)
    assert list(job) == list(job.keys()) == ORDER
    assert dict(job) == dict(job.items()) == {**job} == SENT
    assert list(job.values()) == [SENT[name] for name in ORDER]
    assert len(job) == len(SENT)
    assert list(Tag()) == []
    assert not Tag()


def test_order_and_views_are_those_of_a_dictionary(job: HTCJob) -> None:
    assert list(reversed(job)) == list(reversed(job.keys())) == ORDER[::-1]
    assert next(reversed(job.items())) == ("newField", {"deep": [1]})
    assert repr(Tag(key="k", value="v").keys()) == "dict_keys(['key', 'value'])"
    token = HTCToken(token_value="hush", expires_in=1)
    assert "hush" not in f"{token.items()}{token.values()}"
    names = job.keys()
    job["late"] = 1
    assert "late" in names
    assert job.popitem() == ("late", 1)
    assert job == SENT
    with pytest.raises(KeyError, match="empty"):
        Tag().popitem()


def test_it_equals_a_dictionary_both_ways(job: HTCJob) -> None:
    assert job == SENT
    assert job == SENT
    assert job != {**SENT, "status": "FAILED"}
    assert [job] == [SENT]
    assert job != 1


def test_match(job: HTCJob) -> None:
    match job:
        case {"status": "SUCCEEDED", "container": {"exitCode": code}, "envs": [{"name": name}], **rest}:
            assert (code, name, rest["newField"]) == (0, "A", {"deep": [1]})
        case _:
            pytest.fail("no match")


def test_union(job: HTCJob) -> None:
    assert job | {"group": "g"} == {**SENT, "group": "g"}
    assert {"group": "g", "status": "FAILED"} | job == {"group": "g", **SENT}
    assert type(job | {}) is dict
    job |= {"group": "g"}
    assert (type(job), job.group) == (HTCJob, "g")
    with pytest.raises(TypeError):
        job | 1  # type: ignore[operator]


def test_changes_by_wire_name(job: HTCJob) -> None:
    job["status"] = "FAILED"
    assert job.status is RescaleJobStatus.FAILED
    job["completedAt"] = "2022-03-10T17:00:00Z"
    assert job.completed_at == datetime(2022, 3, 10, 17, tzinfo=UTC)
    job["completedAt"] = "soon"
    assert (job.completed_at, job["completedAt"]) == (None, "soon")
    job["completedAt"] = datetime(2022, 3, 10, 17, tzinfo=UTC)
    assert job["completedAt"] == "2022-03-10T17:00:00Z"
    job.update({"group": "g", "other": 1}, taskId="t")
    assert (job.group, job.task_id, job["other"]) == ("g", "t", 1)
    assert job.setdefault("group", "h") == "g"
    assert job.pop("container") == SENT["container"]
    assert (job.container, "container" in job) == (None, False)
    assert job.pop("container", 7) == 7
    del job["newField"]
    with pytest.raises(KeyError, match="newField"):
        del job["newField"]
    with pytest.raises(KeyError, match="container"):
        job.pop("container")
    assert json.loads(json.dumps(job.to_dict())) == job
    job.clear()
    assert job == {}


def test_changes_inside_a_value_are_not_lost(job: HTCJob) -> None:
    job["container"]["exitCode"] = 3
    assert job.container is not None
    assert job.container.exit_code == 3
    job["envs"].append({"name": "B", "value": "2"})
    job["envs"][0].update(value="9", more=[1])
    job["envs"][0]["more"].append(2)
    job["commands"] += ["fast"]
    job["newField"]["deep"].insert(0, 0)
    assert job.envs == [{"name": "A", "value": "9", "more": [1, 2]}, EnvPair(name="B", value="2")]
    assert isinstance(job.envs[0], EnvPair)
    assert job.commands == ["run", "fast"]
    assert job["newField"] == {"deep": [0, 1]}
    for name in ("container", "envs"):
        for twin in (copy.deepcopy(job[name]), pickle.loads(pickle.dumps(job[name]))):
            assert type(twin) in (dict, list)
            twin.clear()
    assert job["container"]
    assert job["envs"]


def test_every_change_of_a_dictionary_or_list_inside(job: HTCJob) -> None:
    expected: Any = {"container": {"exitCode": 1}, "envs": [{"name": str(number)} for number in range(4)]}
    job.update(copy.deepcopy(expected))
    for root in (job, expected):
        inner = root["container"]
        inner["a"], inner["b"], inner["c"], inner["e"] = 1, 2, 3, 4
        del inner["a"]
        inner.pop("b")
        inner.setdefault("d", {})["x"] = 1
        inner["d"].setdefault("z", []).append(1)
        inner |= {"y": 2}
        inner.popitem()
        array = root["envs"]
        array.reverse()
        array.sort(key=lambda env: env["name"], reverse=True)
        array.extend([{"name": "x"}])
        array.insert(0, {"name": "y"})
        array.pop(1)
        array.remove({"name": "x"})
        array[0] = {"name": "z"}
        array *= 2
        del array[1:3]
    expected = json.loads(json.dumps(expected))  # in which no dictionary occurs twice
    job["envs"][0]["when"] = datetime(2022, 3, 10, tzinfo=UTC)
    expected["envs"][0]["when"] = "2022-03-10T00:00:00Z"
    job["envs"] += [EnvPair(name="B", value="2")]
    expected["envs"] += [{"name": "B", "value": "2"}]
    assert job["container"] == expected["container"]
    assert job["envs"] == expected["envs"]
    job["container"].clear()
    assert job["container"] == {}


def test_a_change_that_would_undo_another_one_is_refused(job: HTCJob) -> None:
    first, second = job["envs"], job["envs"]
    first.append({"name": "B"})
    with pytest.raises(HtcPayloadError, match=r"'envs' of the HTCJob has changed.*Take it again with \['envs'\]"):
        second.append({"name": "C"})
    assert job.envs is not None
    job.envs.append(EnvPair(name="D", value="4"))
    with pytest.raises(HtcPayloadError, match="has changed"):
        first[0]["name"] = "E"
    job["envs"] = []
    with pytest.raises(HtcPayloadError, match="has changed"):
        first.clear()
    assert [len(values) for values in (first, second, job["envs"])] == [2, 1, 0]


def test_what_one_model_takes_from_another_is_its_own(job: HTCJob) -> None:
    other = HTCJob.from_dict({"jobUUID": "k"})
    other["envs"] = other["copied"] = job["envs"]
    other["copied"].append({"name": "B"})
    other["envs"].append({"name": "C"})
    assert job == SENT


def test_copies_are_their_own_mappings(job: HTCJob) -> None:
    for twin in (job.copy(), copy.copy(job), copy.deepcopy(job), attrs.evolve(job), pickle.loads(pickle.dumps(job))):
        assert type(twin) is HTCJob
        twin["other"] = 1
        twin.additional_properties["another"] = 2
        twin.pop("status")
    assert job == SENT


def test_json_takes_models(job: HTCJob) -> None:
    task = HTCTask(task_name="t", task_description="d", created_at=datetime(2022, 3, 10, tzinfo=UTC))
    value = {"jobs": [job], "task": task, "at": datetime(2022, 3, 10, tzinfo=UTC)}
    expected = {
        "jobs": [SENT],
        "task": {"taskName": "t", "taskDescription": "d", "createdAt": "2022-03-10T00:00:00Z"},
        "at": "2022-03-10T00:00:00Z",
    }
    assert json.loads(json.dumps(value, default=json_default)) == expected
    assert orjson.loads(orjson.dumps(value, default=json_default, option=orjson.OPT_PASSTHROUGH_DATETIME)) == expected
    assert json.loads(json.dumps(dict(job))) == SENT
    with pytest.raises(TypeError, match="Object of type set is not JSON serializable"):
        json.dumps({1}, default=json_default)


@pytest.mark.slow  # importing pandas takes a second
def test_pandas(job: HTCJob) -> None:
    pd = pytest.importorskip("pandas")
    jobs = [job, HTCJob.from_dict({**SENT, "jobUUID": "j:1", "group": "g"})]
    frame = pd.DataFrame(jobs)
    assert set(frame.columns) == {*SENT, "group"}
    assert list(frame["jobUUID"]) == ["j:0", "j:1"]
    assert list(frame["container"]) == [SENT["container"]] * 2
    flat = pd.json_normalize(map(dict, jobs))  # which only takes dictionaries
    assert list(flat["container.exitCode"]) == [0, 0]
    assert jobs[0] == SENT


def test_csv_writer(job: HTCJob) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(job))
    writer.writeheader()
    writer.writerow(job)
    (row,) = csv.DictReader(io.StringIO(text.getvalue()))
    assert (row["jobUUID"], row["status"], row["completedAt"]) == ("j:0", "SUCCEEDED", "")


def test_read_change_put() -> None:
    policy = TaskRetentionPolicy.from_dict({"archiveAfter": 1, "deleteAfter": 2, "newField": [3]})
    policy["deleteAfter"] = 5
    assert policy.delete_after == 5
    assert policy.to_dict() == {"archiveAfter": 1, "deleteAfter": 5, "newField": [3]}


def test_times_under_a_check_for_none(job: HTCJob) -> None:
    assert job.created_at is not None
    assert (datetime(2022, 3, 11, 16, 15, 50, tzinfo=UTC) - job.created_at).total_seconds() == 86400
    assert job.started_at is None
    assert job["startedAt"] == ""


def test_a_model_is_read_from_any_mapping(job: HTCJob) -> None:
    class Odd(Mapping[str, Any]):
        def __getitem__(self, name: str) -> Any:
            return SENT[name]

        def __iter__(self) -> Any:
            return iter(SENT)

        def __len__(self) -> int:
            return len(SENT)

    assert HTCJob.from_dict(Odd()) == HTCJob.from_dict(job) == job == Odd()


def test_the_signature_holds_the_fields_and_nothing_else() -> None:
    fields = set(HTCTask.WIRE_NAMES.values())
    assert inspect.signature(HTCTask).parameters.keys() == fields
    assert inspect.signature(HTCTask.__init__).parameters.keys() == {"self", *fields}


def test_a_subclass_reads_itself() -> None:
    class MyJob(HTCJob):
        note: str | None = None

        def name(self) -> str:
            return super().__repr__()[:5] + self.job_uuid

    mine = MyJob.from_dict(SENT)
    assert type(mine) is MyJob
    assert type(HTCJob.from_dict(SENT)) is HTCJob
    mine.note = "seen"
    assert (mine.name(), mine, pickle.loads(pickle.dumps(HTCJob.from_dict(SENT)))) == ("MyJobj:0", SENT, SENT)
