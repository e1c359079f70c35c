"""An application written for today's version. It is type-checked against a future API, and never run."""

from typing import assert_never

from rescalehtc import HtcSession, api
from rescalehtc.models import HTCJob, HTCProject, LifecycleStatus


def titles(session: HtcSession) -> list[str]:
    projects: list[HTCProject] = api.get_htc_projects(session, only_my_projects=True)
    return [project.project_name.title() for project in projects]


def regions(session: HtcSession) -> int:
    return len(api.get_htc_regions(session))


def groups(session: HtcSession, project_id: str, task_id: str) -> list[str]:
    return api.get_htc_projects_tasks_groups(session, project_id, task_id)


def storage(session: HtcSession, region: str) -> object:
    return api.get_htc_storage_region(session, region)


def half_life(session: HtcSession) -> float:
    return api.get_auth_token(session, "Token key").expires_in / 2


def failed(session: HtcSession, project_id: str, task_id: str) -> dict[str, str | None]:
    jobs: list[HTCJob] = api.get_htc_projects_tasks_jobs(session, project_id, task_id, status="FAILED")
    return {job.job_uuid: job.status_reason for job in jobs}


def is_final(status: LifecycleStatus) -> bool:
    match status:
        case LifecycleStatus.DELETED:
            return True
        case LifecycleStatus.ACTIVE | LifecycleStatus.ARCHIVED:
            return False
        case _:
            assert_never(status)
