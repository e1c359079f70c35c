"""Each bug of 1.1.0 that docs/migration.md lists is fixed, and nothing that is shown holds a token."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rescalehtc import api, container_registry, htcjobs, htcprojects, htctasks, wait
from rescalehtc._studies.compatibility import FRESH_FOR, utc_now
from rescalehtc.exceptions import HtcException, HtcForbiddenError, HtcNotFoundError, HtcNotImplementedError

pytestmark = pytest.mark.slow

MISSING = "00000000-0000-4000-8000-000000000000"


def run_job(session: Any, task: Any, script: str) -> htcjobs.HtcJob:
    job = htcjobs.create_single_job(
        session, task, "ON_DEMAND_ECONOMY", "solver:latest", 600, commands=["sh", "-c", script]
    )
    wait(session, task, min_interval_seconds=0.02)
    return job


class TestLogs:
    def test_exactly_as_many_lines_as_asked(self, session: Any, real_task: Any, tmp_path: Path) -> None:
        job = run_job(session, real_task, "seq 1 30")
        for number in (1, 7, 30, 99):
            expected = [str(line) for line in range(1, 31)][-number:]
            assert list(job.get_logs(session, last_n_lines=number)) == expected
            job.get_logs_to_file(session, str(tmp_path / "log"), last_n_lines=number)
            assert (tmp_path / "log").read_text().splitlines() == expected
        assert len(list(job.get_logs(session))) == 30

    def test_text_of_any_language_and_empty_lines(self, session: Any, real_task: Any, tmp_path: Path) -> None:
        lines = ["ünïcödé " * 2000, "", "日本語" * 3000, "", "🚀" * 2500, "end"]
        (tmp_path / "in").write_text("\n".join(lines) + "\n", encoding="utf-8")
        job = run_job(session, real_task, f"cat '{tmp_path}/in'")
        job.get_logs_to_file(session, str(tmp_path / "log"))
        assert (tmp_path / "log").read_text(encoding="utf-8").split("\n") == [*job.get_logs(session), ""]
        assert "".join(job.get_logs(session)) == "".join(lines)
        assert list(job.get_logs(session)).count("") == 2

    def test_asked_again_nothing_is_fetched(
        self, session: Any, real_task: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = run_job(session, real_task, "echo hi")
        assert list(job.get_logs(session)) == ["hi"]
        monkeypatch.setattr(htcjobs, "logs", None)
        assert list(job.get_logs(session)) == ["hi"]


class TestLookingUp:
    @pytest.mark.parametrize("code", [403, 500])
    def test_only_a_404_is_none(self, server: Any, session: Any, project: Any, code: int) -> None:
        task = htctasks.create_task_with_name(session, project, "sweep")
        calls = {
            "getProject": lambda: htcprojects.get_project_with_id(session, MISSING),
            "getTask": lambda: htctasks.get_task_with_id(session, project, MISSING),
            "getJob": lambda: htcjobs.get_job_with_id(session, task, f"{MISSING}:0"),
        }
        for operation, call in calls.items():
            assert call() is None
            server.faults.add("status", operation, status=code)
            with pytest.raises(HtcException) as caught:
                call()
            assert caught.value.status_code == code

    def test_nothing_found_is_an_empty_list(self, session: Any) -> None:
        assert htcprojects.get_projects(session) == []

    def test_deleting(self, server: Any, session: Any, project: Any) -> None:
        first, second, third = (htctasks.create_task_with_name(session, project, name) for name in "aab")
        assert htctasks.delete_tasks_with_name(session, project, "a") == [first.json, second.json]
        assert htctasks.delete_task_with_id(session, project, third.json["taskId"]) == third.json
        assert htctasks.get_tasks(session, project) == []
        assert htctasks.delete_task_with_id(session, project, MISSING) is None
        fourth = htctasks.create_task_with_name(session, project, "c")
        server.faults.add("status", "deleteTask", status=403)
        with pytest.raises(HtcForbiddenError):
            fourth.delete_task(session)
        fourth.delete_task(session)
        assert htctasks.get_tasks(session, project) == []


class TestSubmitting:
    def test_no_batch_is_lost(self, session: Any, real_task: Any) -> None:
        definition = {"imageName": "solver:latest", "commands": ["true"]}
        batch = htcjobs.create_job_batch_raw(
            session,
            real_task,
            [{"batchSize": 2, "htcJobDefinition": definition}, {"batchSize": 1, "htcJobDefinition": definition}],
        )
        assert batch is batch.batches[0]
        jobs = [job.job_id for each in batch.batches for job in each.to_jobs()]
        assert jobs == [job.job_id for job in htcjobs.get_jobs(session, real_task)]

    def test_a_response_without_batches_is_an_error(
        self, session: Any, real_task: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(htcjobs.api, "post_htc_projects_tasks_jobs_batch", lambda *arguments, payload: [])
        with pytest.raises(HtcException, match="without naming any batch"):
            htcjobs.create_job_batch_raw(session, real_task, [{"htcJobDefinition": {"imageName": "solver:latest"}}])

    def test_the_region_reaches_the_service(self, session: Any) -> None:
        regions = [region.region for region in api.get_htc_regions(session, enabled=True)]
        made = api.post_htc_projects(
            session, {"projectName": "wings", "projectDescription": "", "regions": [str(r) for r in regions[:2]]}
        )
        api.post_htc_projects_container_registry_repo(session, made.project_id, "solver")
        project = htcprojects.HtcProject(made.to_dict())
        task = htctasks.create_task_with_name(session, project, "sweep")
        second = project.json["regions"][1]
        arguments = ("ON_DEMAND_ECONOMY", "solver:latest", 600)
        job = htcjobs.create_single_job(session, task, *arguments, commands=["true"], region=second)
        assert job.json["region"] == second
        with pytest.raises(HtcException, match="argument region is needed: the project has 2 regions"):
            htcjobs.create_single_job(session, task, *arguments)

    def test_secrets_do_not_show_in_errors(self, session: Any, real_task: Any) -> None:
        with pytest.raises(HtcException) as caught:
            htcjobs.create_single_job(
                session, real_task, "ON_DEMAND_ECONOMY", "solver:latest", 600, envs=[{"KEY": "hush"}]
            )
        assert "hush" not in str(caught.value)


class TestTimes:
    def test_they_have_a_zone(self, session: Any, real_task: Any) -> None:
        job = run_job(session, real_task, "true")
        job.get_update(session)
        real_task.get_task_summary(session)
        for moment in (job.status_updated_at, job.log_lines_updated_at, real_task.task_summary_updated_at):
            assert moment.utcoffset() == timedelta(0)

    def test_the_service_is_asked_again_after_a_while_only(self, session: Any, real_task: Any) -> None:
        assert real_task.get_task_summary(session)["jobStatuses"]["SUCCEEDED"] == 0
        run_job(session, real_task, "true")
        assert real_task.get_task_summary(session)["jobStatuses"]["SUCCEEDED"] == 0
        real_task.task_summary_updated_at = utc_now() - FRESH_FOR - timedelta(seconds=1)
        assert real_task.get_task_summary(session)["jobStatuses"]["SUCCEEDED"] == 1
        assert not real_task.is_still_running(session)


class TestRegistry:
    def test_images_cannot_be_deleted(self, session: Any, project: Any) -> None:
        registry = container_registry.get_container_registry(session, project)
        with pytest.raises(HtcNotImplementedError, match="cannot delete images"):
            registry.delete_image(session, "solver:latest")

    def test_the_token_is_renewed(self, session: Any, project: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        registry = container_registry.HtcContainerRegistry(project, "r.aws.com/", "username_token", "AWS", "old")
        assert registry.get_token(session) == "old"
        later = container_registry.time.monotonic() + container_registry.TOKEN_FRESH_SECONDS + 1
        monkeypatch.setattr(container_registry.time, "monotonic", lambda: later)
        new = registry.get_token(session)
        assert new == api.get_htc_projects_container_registry_token(session, project.project_id) != "old"

    def test_an_unknown_kind_supports_everything_but_pushing(self, session: Any, project: Any) -> None:
        assert container_registry.get_container_registry(session, project).login_method == "username_token"
        registry = container_registry.HtcContainerRegistry(project, "r.example.com/", "unknown", "", "hush")
        assert registry.get_images(session) == []
        with pytest.raises(HtcException, match="cannot log in to the registry"):
            registry.push_docker_image(session, "solver:v1")

    def test_a_missing_image(self, session: Any, project: Any) -> None:
        registry = container_registry.get_container_registry(session, project)
        with pytest.raises(HtcNotFoundError):
            registry.is_image_ready(session, "none:v1")


def test_what_is_shown_in_a_notebook(session: Any, project: Any, real_task: Any) -> None:
    job = run_job(session, real_task, "exit 3")
    batch = htcjobs.HtcJobBatch({"jobName": "angles", "parentJobId": "p", "batchSize": 3}, real_task)
    registry = container_registry.HtcContainerRegistry(project, "r.aws.com/", "username_token", "AWS", "hush")
    assert repr(project) == f"HtcProject(name='wings', id='{project.project_id}')"
    assert repr(real_task) == f"HtcTask(name='sweep', id='{real_task.task_id}', status='ACTIVE')"
    assert repr(job) == f"HtcJob(id='{job.job_id}', status='{job.json['status']}')"
    assert repr(batch) == "HtcJobBatch(name='angles', id='p', jobs=3)"
    assert repr(registry) == "HtcContainerRegistry(project='wings', url='r.aws.com/')"
    jobs = htcjobs.get_jobs(session, real_task)
    assert isinstance(jobs, htcjobs.HtcJobList)
    html = jobs._repr_html_()
    assert f"<td>{job.job_id}</td><td>FAILED</td><td>3" in html
