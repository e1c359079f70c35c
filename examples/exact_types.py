"""What a type checker knows: run it for its assertions, check it with pyright in strict mode for its types."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import assert_type

from rescalehtc import AsyncHtcSession, HtcSession, aio, api
from rescalehtc.models import (
    HTCJob,
    HTCJobErrorCodeName,
    HTCLogEvent,
    HTCProject,
    RescaleJobStatus,
)


def main() -> None:
    """A listing is a list of models, with an identifier it is one model, text is text, an empty response is None."""
    with HtcSession() as session:
        created = api.post_htc_projects(session, {"projectName": "types", "projectDescription": "plain JSON will do"})
        assert_type(created, HTCProject)
        assert_type(api.get_htc_projects(session), list[HTCProject])
        project = api.get_htc_projects(session, created.project_id)
        assert_type(project, HTCProject)
        assert project == created

        task = api.post_htc_projects_tasks(
            session, project.project_id, {"taskName": "t", "taskDescription": "so will it here"}
        )
        assert_type(task.task_id, str)
        assert_type(task.created_at, datetime | None)
        jobs = api.get_htc_projects_tasks_jobs(session, project.project_id, task.task_id)
        assert_type(jobs, list[HTCJob])
        for job in jobs:
            assert_type(job.status, RescaleJobStatus | str)
            assert_type(job.failure_code, HTCJobErrorCodeName | str | None)
            log = api.get_htc_projects_tasks_jobs_logs(session, project.project_id, task.task_id, job.job_uuid)
            assert_type(log, list[HTCLogEvent])
        token = api.get_htc_projects_container_registry_token(session, project.project_id)
        assert_type(token, str)
        assert_type(api.delete_htc_projects_tasks(session, project.project_id, task.task_id), None)


async def main_async() -> None:
    """The async functions have the same names and the same types, to be awaited."""
    async with AsyncHtcSession() as session:
        projects = await aio.get_htc_projects(session)
        assert_type(projects, list[HTCProject])
        project = await aio.get_htc_projects(session, projects[0].project_id)
        assert_type(project, HTCProject)
        async for task in aio.iter_htc_projects_tasks(session, project.project_id):
            assert_type(task.task_name, str)


if __name__ == "__main__":
    main()
    asyncio.run(main_async())
