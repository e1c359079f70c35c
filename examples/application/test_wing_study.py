"""Tests of the application without an account: the fixtures come with ``rescalehtc[testing]``."""

from __future__ import annotations

import pytest
from wing_study import Lift, StudyFailed, find_best, watch

from rescalehtc import AsyncHtcSession, HtcSession, api, htcprojects, htctasks
from rescalehtc.exceptions import HtcSubmissionError
from rescalehtc.local import LocalServer

IMAGE = "solver:latest"


@pytest.fixture
def task(htc_session: HtcSession) -> htctasks.HtcTask:
    made = api.post_htc_projects(htc_session, {"projectName": "wings", "projectDescription": "for a test"})
    # On the local server a new repository comes with an image.
    api.post_htc_projects_container_registry_repo(htc_session, made.project_id, "solver")
    return htctasks.create_task_with_name(htc_session, htcprojects.HtcProject(made.to_dict()), "study")


def test_the_best_angle(htc_session: HtcSession, task: htctasks.HtcTask) -> None:
    assert find_best(htc_session, task, [2, 8, 14], IMAGE, interval=0.05) == Lift(8, 64)


def test_some_angles_cannot_be_computed(htc_session: HtcSession, task: htctasks.HtcTask) -> None:
    angles: list[float] = [2, "steep", 4]  # type: ignore[list-item]
    assert find_best(htc_session, task, angles, IMAGE, interval=0.05).angle == 4


def test_none_can(htc_session: HtcSession, task: htctasks.HtcTask) -> None:
    with pytest.raises(StudyFailed, match="none of 1 jobs"):
        find_best(htc_session, task, ["steep"], IMAGE, interval=0.05)  # type: ignore[list-item]


def test_a_lost_answer_is_not_hidden(htc_server: LocalServer, htc_session: HtcSession, task: htctasks.HtcTask) -> None:
    htc_server.faults.add("cut_after_execution", "submitJobs")
    with pytest.raises(HtcSubmissionError) as caught:
        find_best(htc_session, task, [2, 8], IMAGE)
    assert not caught.value.submission.complete
    # The service has accepted the jobs, so sending them again would run them twice.
    assert len(api.get_htc_projects_tasks_jobs(htc_session, task.project_id, task.task_id)) == 2


async def test_watching(htc_async_session: AsyncHtcSession, htc_session: HtcSession, task: htctasks.HtcTask) -> None:
    find_best(htc_session, task, [2, 8], IMAGE, interval=0.05)
    assert (await watch(htc_async_session, task)).succeeded == 2
