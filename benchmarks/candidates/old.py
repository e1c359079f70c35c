"""rescalehtc 1.1.0: untyped, sync, in pages of 100 only."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryDirectory
from typing import Any

from rescalehtc import HtcSession, api
from rescalehtc.htcjobs import HtcJob

PROJECT, JOB = "p", "j:0"


def workloads(url: str, batch: dict[str, Any]) -> dict[str, Callable[[int], object]]:
    HtcSession.get_rescale_api_base_url = lambda: url
    session = HtcSession(api_key="benchmark")

    def get(count: int) -> None:
        for _ in range(count):
            api.get_htc_projects_tasks_jobs(session, PROJECT, "t", JOB)

    def list_100(count: int) -> object:
        return api.get_htc_projects_tasks_jobs(session, PROJECT, str(count))

    def log_list(count: int) -> list[dict[str, Any]]:
        return api.get_htc_projects_tasks_jobs_logs(session, PROJECT, "t", str(count))

    def log_text(count: int) -> object:
        return [line["message"] for line in log_list(count)][::-1]

    def log_file(count: int) -> None:
        class Task:
            json = {"projectId": PROJECT, "taskId": "t"}  # noqa: RUF012

        job = HtcJob({"projectId": PROJECT, "taskId": "t", "jobUUID": str(count)}, Task())
        with TemporaryDirectory() as folder:
            job.get_logs_to_file(session, f"{folder}/log")

    def statuses(count: int) -> None:
        def status(_: int) -> object:
            return api.get_htc_projects_tasks_jobs(session, PROJECT, "t", JOB)["status"]

        # More threads would only wait for its ten connections.
        with ThreadPoolExecutor(10) as threads:
            for _ in threads.map(status, range(count)):
                pass

    def submit(count: int) -> None:
        for _ in range(count):
            api.post_htc_projects_tasks_jobs_batch(session, PROJECT, "t", [batch])

    return {
        "get": get,
        "list_100": list_100,
        "log_list": log_list,
        "log_text": log_text,
        "log_file": log_file,
        "statuses": statuses,
        "submit": submit,
    }
