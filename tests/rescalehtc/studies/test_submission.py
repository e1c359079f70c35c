"""No job is submitted twice, none is forgotten, and the state of each part is known."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import attrs
import pytest

from rescalehtc._studies import journal as journals
from rescalehtc._utils.file_lock import try_lock
from rescalehtc.definitions import INDEX_OFFSET, JobDefinition
from rescalehtc.exceptions import (
    HtcBadRequestError,
    HtcClosedError,
    HtcConnectionError,
    HtcDecodeError,
    HtcException,
    HtcImageError,
    HtcJournalError,
    HtcPayloadError,
    HtcServerError,
    HtcSubmissionError,
    HtcTimeoutError,
)
from rescalehtc.submission import PartState
from rescalehtc_generated import errors

JOB = JobDefinition(image_name="solver:v2", commands=["solve"])


def lost(maybe_received: bool) -> HtcConnectionError:
    error = HtcConnectionError("the connection broke")
    error.maybe_received = maybe_received
    return error


def status(kind: type[HtcException], code: int, **details: Any) -> HtcException:
    error = kind("said no", code)
    for name, value in details.items():
        setattr(error, name, value)
    return error


def covered(service: Any) -> list[int]:
    """The index of every job that was submitted, in order."""
    indexes: list[int] = []
    for batch in service.batches:
        envs = {env["name"]: env["value"] for env in batch["htcJobDefinition"]["envs"]}
        start = int(envs[INDEX_OFFSET])
        indexes += range(start, start + batch["batchSize"])
    return indexes


class TestSplitting:
    @pytest.mark.slow
    def test_many_jobs_become_batches_and_calls(self, study: Any, service: Any, task: Any) -> None:
        submission = study.submit(task, attrs.evolve(JOB, count=205_001))
        assert [part.job_count for part in submission.parts] == [100_000, 100_000, 5_001]
        assert [batch["batchSize"] for batch in service.batches] == [1000] * 205 + [1]
        assert covered(service) == list(range(205_001))
        assert service.posts == 3

    def test_identifiers_need_no_call(self, study: Any, service: Any, task: Any) -> None:
        submission = study.submit(task, attrs.evolve(JOB, count=5), jobs_per_batch=2)
        calls = list(service.calls)
        assert list(submission.job_ids) == ["parent1:0", "parent1:1", "parent2:0", "parent2:1", "parent3:0"]
        assert submission.parent_job_ids == ["parent1", "parent2", "parent3"]
        assert submission.complete
        assert submission.job_count == 5
        assert service.calls == calls

    def test_several_definitions_keep_their_own_indexes(self, study: Any, service: Any, task: Any) -> None:
        study.submit(task, [attrs.evolve(JOB, count=3), attrs.evolve(JOB, first_index=7)], jobs_per_batch=2)
        assert covered(service) == [0, 1, 2, 7]
        assert service.posts == 1

    def test_a_group_belongs_to_every_call(self, study: Any, service: Any, task: Any) -> None:
        study.submit(task, attrs.evolve(JOB, count=4), jobs_per_batch=1, batches_per_call=2, group="night")
        assert [batch["group"] for batch in service.batches] == ["night"] * 4

    @pytest.mark.parametrize(
        ("jobs", "options"),
        [([], {}), (JOB, {"jobs_per_batch": 1001}), (JOB, {"jobs_per_batch": 0}), (JOB, {"batches_per_call": 101})],
    )
    def test_invalid_limits_are_refused(self, study: Any, service: Any, task: Any, jobs: Any, options: Any) -> None:
        with pytest.raises(ValueError, match=r"must be an integer, between 1 and 10+,|no job"):
            study.submit(task, jobs, **options)
        assert not service.calls

    def test_limits_are_those_of_the_description(self) -> None:
        text = Path(errors.__file__).with_name("openapi.json").read_text(encoding="utf-8")
        schemas = json.loads(text)["components"]["schemas"]
        from rescalehtc._studies import splitting

        assert schemas["HTCJobSubmitRequest"]["properties"]["batchSize"]["maximum"] == splitting.JOBS_PER_BATCH
        assert schemas["HTCJobSubmitRequests"]["maxItems"] == splitting.BATCHES_PER_CALL

    def test_the_callback_follows(self, study: Any, task: Any) -> None:
        seen: list[int] = []
        study.submit(
            task,
            attrs.evolve(JOB, count=3),
            jobs_per_batch=1,
            batches_per_call=1,
            on_progress=lambda submission: seen.append(submission.job_count),
        )
        assert seen == [0, 1, 2, 3]


class TestDefinition:
    def test_every_field_reaches_the_service(self, study: Any, service: Any, task: Any) -> None:
        submission = study.submit(
            task,
            JobDefinition(
                image_name="solver:v2",
                commands=["solve", "--fast"],
                count=2,
                name="wings",
                max_vcpus=4,
                max_memory_mib=8192,
                max_disk_gib=20,
                timeout_seconds=600,
                max_retries=2,
                architecture="X86",
                priority="ON_DEMAND_ECONOMY",
                regions=["AWS_US_EAST_2"],
                cloud_provider="AWS",
                working_dir="/work",
                envs={"MODE": "fast"},
                claims={"run": "42"},
                tags={"study": "wing"},
                definition_tags={"solver": "fast"},
                experimental={"privilegedMode": True},
                rescale_project_id="r1",
                extra={"htcJobDefinition": {"maxSwap": 1, "maxGpus": 2}, "newField": [1]},
            ),
        )
        [batch] = service.batches
        marker = batch["tags"].pop()
        assert marker["key"] == "rescalehtc-part"
        assert batch == {
            "batchSize": 2,
            "cloudProvider": "AWS",
            "htcJobDefinition": {
                "architecture": "X86",
                "claims": [{"name": "run", "value": "42"}],
                "commands": ["solve", "--fast"],
                "envs": [
                    {"name": "MODE", "value": "fast"},
                    {"name": INDEX_OFFSET, "value": "0"},
                    {"name": "HTC_JOB_COUNT", "value": "2"},
                ],
                "execTimeoutSeconds": 600,
                "imageName": "solver:v2",
                "maxDiskGiB": 20,
                "maxMemory": 8192,
                "maxVCpus": 4,
                "priority": "ON_DEMAND_ECONOMY",
                "workingDir": "/work",
                "tags": {"solver": "fast"},
                "maxSwap": 1,
                "maxGpus": 2,
            },
            "experimental": {"privilegedMode": True},
            "rescaleProjectId": "r1",
            "newField": [1],
            "jobName": "wings",
            "parentJobId": "parent1",
            "group": submission.group,
            "regions": ["AWS_US_EAST_2"],
            "retryStrategy": {"maxRetries": 2},
            "tags": [{"key": "study", "value": "wing"}],
        }

    def test_omitted_fields_are_not_sent(self, study: Any, service: Any, task: Any) -> None:
        study.submit(task, JobDefinition(image_name="solver:v2"))
        [batch] = service.batches
        assert batch["htcJobDefinition"].keys() == {"imageName", "envs"}

    def test_secrets_are_not_shown(self) -> None:
        shown = repr(JobDefinition(image_name="a:b", envs={"KEY": "hush"}, claims={"c": "hush"}))
        assert "hush" not in shown
        assert "a:b" in shown

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"commands": "solve --fast"}, r"commands must be a list such as \['python', 'solve.py'\], not str"),
            ({"commands": 5}, "commands must be a list"),
            ({"regions": "AWS_US_EAST_1"}, "regions must be a list"),
            ({"count": 0}, "count must be an integer, 1 or more, not 0"),
            ({"first_index": -1}, "first_index must be an integer, 0 or more, not -1"),
            ({"max_vcpus": "4"}, "max_vcpus must be an integer, 0 or more, not '4'"),
            ({"timeout_seconds": 1.5}, "timeout_seconds must be an integer"),
            ({"name": 5}, "name must be a string, not int"),
            ({"image_name": None}, "image_name must be a string, not NoneType"),
            ({"envs": [{"name": "KEY", "value": "hush"}]}, "envs must be a dictionary, not list"),
            ({"tags": "wing"}, "tags must be a dictionary, not str"),
            ({"parameters": 5}, "parameters must be a list of dictionaries.* not this int"),
            ({"parameters": {"angle": [1, 2], "speed": [1]}}, "parameters must be .* columns of equal length"),
        ],
    )
    def test_mistakes_raise_at_once(self, wrong: dict[str, Any], said: str) -> None:
        with pytest.raises(HtcPayloadError, match=said) as caught:
            JobDefinition(**{"image_name": "a:b", **wrong})
        assert "hush" not in str(caught.value)


class TestImages:
    def test_a_pending_image_is_awaited(self, study: Any, service: Any, task: Any, time_passed: Any) -> None:
        service.images["solver:v2"] = ["PENDING", "PENDING", "READY"]
        study.submit(task, [JOB, JOB])
        assert service.called("/images/*") == 3
        assert time_passed() == [1.0, 1.5]
        assert len(service.batches) == 2

    def test_a_pending_image_is_awaited_until_the_deadline(
        self, study: Any, service: Any, task: Any, time_passed: Any
    ) -> None:
        service.images["solver:v2"] = ["PENDING"]
        with pytest.raises(HtcImageError, match=r"solver:v2 is still PENDING after 20 seconds"):
            study.submit(task, JOB, image_deadline_seconds=20)
        assert sum(time_passed()) == pytest.approx(20)
        assert not service.batches

    def test_the_check_of_images_can_be_skipped(self, study: Any, service: Any, task: Any) -> None:
        study.submit(task, JOB, image_deadline_seconds=None)
        assert service.called("/images/*") == 0


REFUSED = [
    lost(maybe_received=False),
    status(HtcBadRequestError, 400, maybe_received=False),
    status(HtcServerError, 503, retry_after=5.0, maybe_received=False),
    HtcPayloadError("it cannot be sent"),
    HtcClosedError("closed before"),
]
UNCERTAIN = [
    lost(maybe_received=True),
    status(HtcTimeoutError, 0, maybe_received=True),
    status(HtcServerError, 502),
    status(HtcServerError, 503),
    HtcDecodeError("the body is not JSON"),
    HtcException("anything else"),
]


def three_parts() -> tuple[JobDefinition, dict[str, int]]:
    return attrs.evolve(JOB, count=3), {"jobs_per_batch": 1, "batches_per_call": 1}


class TestInterruption:
    @pytest.mark.slow
    @pytest.mark.parametrize("error", REFUSED, ids=repr)
    def test_a_refused_part_is_sent_again(
        self, study: Any, service: Any, task: Any, tmp_path: Path, error: HtcException
    ) -> None:
        jobs, cut = three_parts()
        service.before_submit = {2: error}
        with pytest.raises(HtcSubmissionError, match=r"1 pending, 1 accepted, 1 refused") as caught:
            study.submit(task, jobs, journal=tmp_path / "j", **cut)
        assert caught.value.__cause__ is error
        assert [part.state for part in caught.value.submission.parts] == ["accepted", "refused", "pending"]

        submission = study.submit(task, jobs, journal=tmp_path / "j", **cut)
        assert covered(service) == [0, 1, 2]
        assert list(submission.job_ids) == ["parent1:0", "parent2:0", "parent3:0"]
        assert service.called("/jobs") == 0

    @pytest.mark.slow
    @pytest.mark.parametrize("error", UNCERTAIN, ids=repr)
    def test_a_part_accepted_without_a_response_is_found(
        self, study: Any, service: Any, task: Any, tmp_path: Path, error: HtcException
    ) -> None:
        jobs, cut = three_parts()
        service.after_submit = {2: error}
        with pytest.raises(HtcSubmissionError) as caught:
            study.submit(task, jobs, journal=tmp_path / "j", **cut)
        assert [part.state for part in caught.value.submission.parts] == ["accepted", "unknown", "pending"]

        submission = study.submit(task, jobs, journal=tmp_path / "j", **cut)
        assert submission.complete
        assert covered(service) == [0, 1, 2]
        assert list(submission.job_ids) == ["parent1:0", "parent2:0", "parent3:0"]

    def test_an_unknown_part_is_not_repeated_by_default(
        self, study: Any, service: Any, task: Any, tmp_path: Path
    ) -> None:
        jobs, cut = three_parts()
        service.before_submit = {2: lost(maybe_received=True)}
        with pytest.raises(HtcSubmissionError):
            study.submit(task, jobs, journal=tmp_path / "j", **cut)
        for _ in range(2):
            with pytest.raises(HtcSubmissionError, match=r"1 unknown.*not known whether") as caught:
                study.submit(task, jobs, journal=tmp_path / "j", **cut)
            assert caught.value.submission.in_state(PartState.UNKNOWN)[0].problem == (
                "jobs of 1 of 1 batches were not found in the task"
            )
        assert covered(service) == [0]

    @pytest.mark.slow
    def test_an_unknown_part_is_repeated_on_request(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        jobs, cut = three_parts()
        service.before_submit = {2: lost(maybe_received=True)}
        with pytest.raises(HtcSubmissionError):
            study.submit(task, jobs, journal=tmp_path / "j", **cut)
        assert study.submit(task, jobs, journal=tmp_path / "j", unknown="repeat", **cut).complete
        assert covered(service) == [0, 1, 2]

    def test_an_unknown_part_is_skipped_on_request(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        jobs, cut = three_parts()
        service.before_submit = {2: lost(maybe_received=True)}
        with pytest.raises(HtcSubmissionError):
            study.submit(task, jobs, journal=tmp_path / "j", **cut)
        submission = study.submit(task, jobs, journal=tmp_path / "j", unknown="skip", **cut)
        assert not submission.complete
        assert submission.job_count == 2
        assert covered(service) == [0, 2]

    def test_a_part_that_was_found_in_part_is_never_repeated(
        self, study: Any, service: Any, task: Any, tmp_path: Path
    ) -> None:
        jobs = attrs.evolve(JOB, count=2)
        service.after_submit = {1: lost(maybe_received=True)}
        with pytest.raises(HtcSubmissionError):
            study.submit(task, jobs, journal=tmp_path / "j", jobs_per_batch=1)
        del service.jobs[1]
        with pytest.raises(HtcSubmissionError) as caught:
            study.submit(task, jobs, journal=tmp_path / "j", jobs_per_batch=1, unknown="repeat")
        assert list(caught.value.submission.job_ids) == ["parent1:0"]
        assert service.posts == 1

    def test_a_response_that_names_too_few_batches(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        service.change_answers = lambda answers: answers[:1]
        with pytest.raises(HtcSubmissionError, match="names 1 of 3 batches"):
            study.submit(task, attrs.evolve(JOB, count=3), jobs_per_batch=1, journal=tmp_path / "j")
        submission = study.submit(task, attrs.evolve(JOB, count=3), jobs_per_batch=1, journal=tmp_path / "j")
        assert submission.parent_job_ids == ["parent1", "parent2", "parent3"]
        assert service.posts == 1

    def test_a_response_without_identifiers(self, study: Any, service: Any, task: Any) -> None:
        service.change_answers = lambda answers: [{"htcJobDefinition": {"imageName": "a"}}]
        with pytest.raises(HtcSubmissionError, match="names 0 of 1 batches"):
            study.submit(task, JOB)

    def test_control_c_leaves_an_unknown_part(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        jobs, cut = three_parts()
        service.after_submit = {2: KeyboardInterrupt()}
        with pytest.raises(KeyboardInterrupt):
            study.submit(task, jobs, journal=tmp_path / "j", **cut)
        parts = json.loads((tmp_path / "j").read_text())["parts"]
        assert [part["state"] for part in parts] == ["accepted", "unknown", "pending"]
        assert study.submit(task, jobs, journal=tmp_path / "j", **cut).complete
        assert covered(service) == [0, 1, 2]

    def test_resuming_without_a_journal(self, study: Any, service: Any, task: Any) -> None:
        jobs, cut = three_parts()
        service.after_submit = {2: lost(maybe_received=True)}
        with pytest.raises(HtcSubmissionError) as caught:
            study.submit(task, jobs, **cut)
        assert study.submit(task, jobs, resume=caught.value.submission, **cut).complete
        assert covered(service) == [0, 1, 2]


class TestJournal:
    def test_it_is_written_before_and_after_each_call(
        self, study: Any, service: Any, task: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written: list[list[str]] = []
        real = journals._write

        def write(path: Path, content: dict[str, Any]) -> None:
            written.append([part["state"] for part in content["parts"]])
            assert len(service.batches) == len([part for part in written[-1] if part == "accepted"])
            real(path, content)

        monkeypatch.setattr(journals, "_write", write)
        study.submit(task, attrs.evolve(JOB, count=2), journal=tmp_path / "j", jobs_per_batch=1, batches_per_call=1)
        assert written == [
            ["pending", "pending"],
            ["sending", "pending"],
            ["accepted", "pending"],
            ["accepted", "sending"],
            ["accepted", "accepted"],
        ]

    @pytest.mark.parametrize("moment", range(1, 6))
    def test_a_crash_at_any_write_loses_and_repeats_nothing(
        self, study: Any, service: Any, task: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
    ) -> None:
        class Crash(BaseException):
            pass

        writes = 0
        real = journals._write

        def write(path: Path, content: dict[str, Any]) -> None:
            nonlocal writes
            writes += 1
            # Whatever runs after the crash, an exception handler too, does not get to write.
            if writes >= moment:
                raise Crash
            real(path, content)

        cut = {"jobs_per_batch": 1, "batches_per_call": 1}
        with monkeypatch.context() as patch:
            patch.setattr(journals, "_write", write)
            with pytest.raises(Crash):
                study.submit(task, attrs.evolve(JOB, count=2), journal=tmp_path / "j", **cut)
        # A crash between the note "sending" and the call looks like one after it, hence "repeat"; where the call
        # was made its jobs are found, and nothing is repeated all the same.
        study.submit(task, attrs.evolve(JOB, count=2), journal=tmp_path / "j", unknown="repeat", **cut)
        assert covered(service) == [0, 1]

    def test_a_finished_one_submits_nothing(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        first = study.submit(task, JOB, journal=tmp_path / "j")
        assert study.submit(task, JOB, journal=tmp_path / "j") == first
        assert service.posts == 1
        assert service.called("/images/*") == 1

    def test_it_holds_no_secrets_and_is_private(self, study: Any, task: Any, tmp_path: Path) -> None:
        study.submit(task, attrs.evolve(JOB, envs={"KEY": "hush"}, claims={"c": "hush"}), journal=tmp_path / "j")
        assert "hush" not in (tmp_path / "j").read_text()
        assert stat.S_IMODE((tmp_path / "j").stat().st_mode) == 0o600

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"jobs": attrs.evolve(JOB, count=2)}, "other jobs"),
            ({"jobs": attrs.evolve(JOB, envs={"KEY": "2"})}, "other jobs"),
            ({"group": "g"}, "another group"),
            ({"task_id": "t2"}, "another task_id"),
        ],
    )
    def test_it_belongs_to_one_submission(
        self, study: Any, service: Any, task: Any, tmp_path: Path, change: dict[str, Any], message: str
    ) -> None:
        study.submit(task, JOB, journal=tmp_path / "j")
        task.task_id = change.get("task_id", "t1")
        with pytest.raises(HtcJournalError, match=message):
            study.submit(task, change.get("jobs", JOB), journal=tmp_path / "j", group=change.get("group"))
        assert len(service.batches) == 1

    def test_two_submissions_at_once_are_refused(self, study: Any, service: Any, task: Any, tmp_path: Path) -> None:
        with journals._locked(tmp_path / "j"), pytest.raises(HtcJournalError, match="in use"):
            study.submit(task, JOB, journal=tmp_path / "j")
        assert not service.batches
        assert study.submit(task, JOB, journal=tmp_path / "j").complete

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1}', '{"format": 1, "parts": [{}]}'])
    def test_other_files_are_not_journals(self, study: Any, service: Any, task: Any, tmp_path: Path, text: str) -> None:
        (tmp_path / "j").write_text(text)
        with pytest.raises(HtcJournalError):
            study.submit(task, JOB, journal=tmp_path / "j")
        assert not service.calls

    def test_a_folder_that_cannot_be_written_stops_before_the_call(
        self, study: Any, service: Any, task: Any, tmp_path: Path
    ) -> None:
        with pytest.raises(HtcJournalError, match="No such file"):
            study.submit(task, JOB, journal=tmp_path / "nowhere" / "j")
        assert not service.batches

    def test_no_other_file_is_left(self, study: Any, task: Any, tmp_path: Path) -> None:
        study.submit(task, JOB, journal=str(tmp_path / "j"))
        assert sorted(path.name for path in tmp_path.iterdir()) == ["j", "j.jobs", "j.lock"]

    def test_journal_and_submission_exclude_each_other(self, study: Any, task: Any, tmp_path: Path) -> None:
        submission = study.submit(task, JOB)
        with pytest.raises(ValueError, match="either"):
            study.submit(task, JOB, journal=tmp_path / "j", resume=submission)


def test_a_submission_reports_its_progress(study: Any, service: Any, task: Any) -> None:
    jobs, cut = three_parts()
    service.before_submit = {2: status(HtcBadRequestError, 400, maybe_received=False)}
    with pytest.raises(HtcSubmissionError) as caught:
        study.submit(task, jobs, **cut)
    submission = caught.value.submission
    assert repr(submission) == "Submission(task='t1', jobs: 1 pending, 1 accepted, 1 refused)"
    assert "said no" in submission._repr_html_()
    assert journals._load(json.loads(json.dumps(submission.to_dict()))) == submission


def test_a_forked_child_does_not_keep_the_journal(tmp_path: Path) -> None:
    """Between fork and exec a child of this process holds every file that is open here, as a duplicate does."""
    lock = try_lock(tmp_path / "lock")
    assert lock is not None
    descriptor = lock._descriptor
    assert descriptor is not None
    childs = os.dup(descriptor)
    assert try_lock(tmp_path / "lock") is None
    lock.release()
    again = try_lock(tmp_path / "lock")
    assert again is not None
    again.release()
    os.close(childs)
