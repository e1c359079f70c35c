"""This project, sync."""

from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

from rescalehtc import api, logs
from rescalehtc.concurrency import for_each
from rescalehtc.htcsession import HtcSession
from rescalehtc_generated.api.job import list_jobs as route

PROJECT, JOB = "p", "j:0"


def workloads(url: str, batch: dict[str, Any]) -> dict[str, Callable[[int], object]]:
    session = HtcSession(api_key="benchmark", base_url=url)

    def get(count: int) -> None:
        for _ in range(count):
            api.get_htc_projects_tasks_jobs(session, PROJECT, "t", JOB)

    def list_jobs(size: int) -> Callable[[int], object]:
        return lambda count: api.get_htc_projects_tasks_jobs(session, PROJECT, str(count), page_size=size)

    def decode(count: int) -> None:
        with urlopen(f"{url}/htc/projects/{PROJECT}/tasks/100/jobs?pageSize=100") as response:
            page = response.read()
        for _ in range(count // 100):
            route.ROUTE.decode(page)

    def log_list(count: int) -> object:
        return api.get_htc_projects_tasks_jobs_logs(session, PROJECT, "t", str(count))

    def log_text(count: int) -> object:
        return logs.read(session, PROJECT, "t", str(count))

    def log_file(count: int) -> None:
        with TemporaryDirectory() as folder:
            logs.save(session, PROJECT, "t", str(count), f"{folder}/log")

    def statuses(count: int) -> None:
        def status(_: int) -> object:
            return api.get_htc_projects_tasks_jobs(session, PROJECT, "t", JOB).status

        for outcome in for_each(range(count), status, limit=10):
            outcome.result()

    def submit(count: int) -> None:
        for _ in range(count):
            api.post_htc_projects_tasks_jobs_batch(session, PROJECT, "t", [batch])

    def stream(count: int) -> None:
        for _ in api.iter_htc_projects_tasks_jobs(session, PROJECT, str(count), page_size=1000):
            pass

    return {
        "get": get,
        "list_100": list_jobs(100),
        "list_1000": list_jobs(1000),
        "decode": decode,
        "log_list": log_list,
        "log_text": log_text,
        "log_file": log_file,
        "statuses": statuses,
        "submit": submit,
        "stream": stream,
    }
