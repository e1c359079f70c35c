"""Results of ended jobs are typed, complete, and render as tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from rescalehtc import api
from rescalehtc._utils.model_list import as_model_list
from rescalehtc.definitions import INDEX_OFFSET, JobDefinition
from rescalehtc.results import JobResult, JobResults, to_records
from rescalehtc_generated.models import EnvPair, HTCJob, StorageAccessToken
from tests.support.both_kinds import sync_session
from tests.support.memory_service import Job

ENDED: dict[str, Any] = {
    "jobUUID": "parent:4",
    "status": "FAILED",
    "failureCode": "ErrorTimeout",
    "statusReason": "too slow",
    "container": {"exitCode": 137.0},
    "createdAt": "2026-01-15T09:30:00Z",
    "startedAt": "2026-01-15T09:31:00Z",
    "completedAt": "2026-01-15T09:33:30Z",
    "group": "night",
    "envs": [{"name": INDEX_OFFSET, "value": "2000"}],
    "jobExecutionEnvironment": {"instanceType": "c7g.medium"},
    "region": "AWS_US_EAST_2",
    "imageName": "solver:v2",
}
BARE: dict[str, Any] = {"jobUUID": "lonely", "status": "SUCCEEDED", "container": None, "startedAt": "", "envs": None}


def test_everything_of_a_job() -> None:
    result = JobResult.of(HTCJob.from_dict(ENDED))
    assert result.to_record() == {
        "job_id": "parent:4",
        "parent_job_id": "parent",
        "index": 2004,
        "status": "FAILED",
        "exit_code": 137,
        "failure_code": "ErrorTimeout",
        "status_reason": "too slow",
        "group": "night",
        "created_at": datetime(2026, 1, 15, 9, 30, tzinfo=UTC),
        "started_at": datetime(2026, 1, 15, 9, 31, tzinfo=UTC),
        "completed_at": datetime(2026, 1, 15, 9, 33, 30, tzinfo=UTC),
        "waiting_seconds": 60.0,
        "running_seconds": 150.0,
        "region": "AWS_US_EAST_2",
        "instance_type": "c7g.medium",
        "image_name": "solver:v2",
        "attempt": 1,
    }
    assert dict(result) == result.to_record()
    assert not result.succeeded
    # A table would show the repr of an enum member.
    assert all(type(value) is not type(result.status) for value in result.to_record().values())


def test_next_to_nothing_of_a_job() -> None:
    result = JobResult.of(HTCJob.from_dict(BARE))
    assert result.succeeded
    assert (result.index, result.exit_code, result.started_at, result.running_seconds) == (None, None, None, None)


def test_only_ended_jobs_of_the_right_submission(study: Any, service: Any, task: Any) -> None:
    submission = study.submit(task, JobDefinition(image_name="a:b", count=2))
    service.jobs[0].status, service.jobs[1].status = "SUCCEEDED", "RUNNING"
    service.jobs.append(Job("other", 0, status="POD_FAILED"))
    assert [result.job_id for result in study.get_results(submission)] == ["parent1:0"]
    assert [result.job_id for result in study.get_results(task)] == ["parent1:0", "other:0"]
    assert [result.job_id for result in study.get_results(task, status="POD_FAILED")] == ["other:0"]


def test_a_list_of_results_renders_as_a_table() -> None:
    results = JobResults(JobResult.of(HTCJob.from_dict(data)) for data in (ENDED, BARE))
    assert results.to_records() == to_records(iter(results))
    assert [result.job_id for result in results.failed] == ["parent:4"]
    assert isinstance(results.failed, JobResults)
    html = results._repr_html_()
    assert "parent:4" in html
    assert "ErrorTimeout" in html


def test_a_long_list_is_shown_in_part() -> None:
    results = JobResults(JobResult.of(HTCJob.from_dict({**BARE, "jobUUID": f"<{n}>:0"})) for n in range(150))
    html = results._repr_html_()
    assert html.count("<tr>") == 101
    assert "and 50 more" in html
    assert "&lt;7&gt;:0" in html


@pytest.mark.parametrize("offset", ["", "x", "-1", "１"])
def test_a_strange_offset_is_ignored(offset: str) -> None:
    job = HTCJob.from_dict({**ENDED, "envs": [{"name": INDEX_OFFSET, "value": offset}]})
    assert JobResult.of(job).index in (4, 5)


def many_results(count: int) -> JobResults:
    return JobResults(
        JobResult.of(HTCJob.from_dict({**ENDED, "jobUUID": f"p:{n}"}), parameters={"mesh": n, "status": "fine"})
        for n in range(count)
    )


@pytest.mark.slow  # importing pandas takes a second
def test_a_data_frame_of_results_is_that_of_their_records() -> None:
    pandas = pytest.importorskip("pandas")
    results = many_results(50)
    frame = pandas.DataFrame(results)
    pandas.testing.assert_frame_equal(frame, pandas.DataFrame(results.to_records()))
    assert list(frame.columns[:3]) == ["mesh", "parameter_status", "job_id"]
    assert set(frame["parameter_status"]) == {"fine"}
    assert set(frame["status"]) == {"FAILED"}
    assert str(frame["completed_at"].dtype).startswith("datetime64")
    assert frame["running_seconds"].sum() == 50 * 150.0


def test_a_result_is_a_mapping_of_its_record() -> None:
    (result,) = many_results(1)
    assert len(result) == len(list(result)) == len(result.to_record())
    assert result["parameter_status"] == "fine"
    for name in ("parameter_mesh", "parameter_job_id", "nothing"):
        with pytest.raises(KeyError):
            result[name]
        assert name not in result


def test_the_repr_of_many_is_short() -> None:
    assert repr(JobResults([*many_results(1) * 10_002])) == "<JobResults: 10002 jobs: 10002 FAILED>"


def test_lists_of_models_are_short_and_show_as_tables(service: Any) -> None:
    service.jobs = [Job("<b>", position) for position in range(250)]
    service.dimensions = [{"machineType": "c7g"}] * 4
    with sync_session(service) as session:
        jobs = api.get_htc_projects_tasks_jobs(session, "p", "t")
        machines = api.get_htc_projects_dimensions(session, "p")
    assert isinstance(jobs, list)
    assert repr(jobs).startswith("<250 items: HTCJob(")
    assert repr(jobs).count("HTCJob") == 3
    assert repr(machines).startswith("<4 items: ")  # a list without pages
    html = jobs._repr_html_()  # type: ignore[attr-defined]
    assert "<th>job_uuid</th>" in html
    assert "<td>&lt;b&gt;:7</td>" in html
    assert "and 150 more" in html
    assert repr(as_model_list(jobs[:2])) == repr(list(jobs[:2]))


def test_no_secret_is_in_a_table() -> None:
    tokens = as_model_list([StorageAccessToken.from_dict({"provider": "AWS", "credentials": {"KEY": "hush"}})])
    assert "hush" not in tokens._repr_html_()  # type: ignore[attr-defined]
    pairs = as_model_list([EnvPair.from_dict({"name": "SECRET", "value": "hush"})])
    assert "hush" not in pairs._repr_html_()  # type: ignore[attr-defined]
    assert "SECRET" in pairs._repr_html_()  # type: ignore[attr-defined]


def test_other_values_than_lists_of_models_stay_unchanged() -> None:
    for value in ([], [1], ["a"], {"a": 1}, None):
        assert as_model_list(value) is value
