"""Pages: complete, without repeats, correct while items are added, and opaque."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.slow


def test_links_are_full_urls_on_the_origin_that_the_client_uses(htc: Any) -> None:
    for _ in range(3):
        htc.project()
    page = htc.get("htc/projects", pageSize=2, onlyMyProjects="true")
    link = urlsplit(page["next"])
    assert f"{link.scheme}://{link.netloc}{link.path}" == f"{htc.server.url}/htc/projects"
    query = parse_qs(link.query)
    assert (query["pageSize"], query["onlyMyProjects"]) == (["2"], ["true"])
    assert not query["pageIndex"][0].isdigit()
    host = f"localhost:{link.port}"
    other = htc.call("GET", "htc/projects", params={"pageSize": 2}, headers={"Host": host}).json()
    assert urlsplit(other["next"]).netloc == host
    last = htc.call("GET", page["next"]).json()
    assert len(last["items"]) == 1
    assert "next" not in last


def test_a_page_that_is_just_full_is_the_last(htc: Any) -> None:
    project = htc.project()
    tasks = [htc.task(project, f"t{number}") for number in range(4)]
    assert len(tasks) == 4
    pages = list(htc.pages(f"{project}/tasks", pageSize=2))
    assert [len(page) for page in pages] == [2, 2]
    assert list(htc.pages(f"{htc.project()}/tasks")) == [[]]


def test_items_that_are_added_meanwhile_do_not_disturb(htc: Any) -> None:
    names = []
    for number in range(4):
        htc.project(f"early {number}")
    pages = htc.pages("htc/projects", pageSize=2)
    names += [item["projectName"] for item in next(pages)]
    for number in range(3):
        htc.project(f"late {number}")
    names += [item["projectName"] for page in pages for item in page]
    assert names == [f"early {number}" for number in range(4)] + [f"late {number}" for number in range(3)]


def test_jobs_that_change_their_state_meanwhile_do_not_disturb(htc: Any) -> None:
    task = htc.task()
    batch = htc.submit(task, "true", size=60)
    seen = [job["jobUUID"] for job in htc.all(f"{task}/jobs", pageSize=7)]
    assert seen == [f"{batch}:{index}" for index in range(60)]
    htc.finish(task)


def test_three_thousand_jobs(htc: Any) -> None:
    task = htc.task()
    request = {"batchSize": 1000, "htcJobDefinition": {"imageName": "x"}}
    batches = [made["parentJobId"] for made in htc.post(f"{task}/jobs/batch", [request] * 3)]
    wanted = [f"{batch}:{index}" for batch in batches for index in range(1000)]
    assert [job["jobUUID"] for job in htc.all(f"{task}/jobs", pageSize=997)] == wanted
    htc.finish(task)
    assert [job["jobUUID"] for job in htc.all(f"{task}/jobs", pageSize=1000, status="SUCCEEDED")] == wanted
    assert len(htc.get(f"{task}/jobs")["items"]) == 100


def test_events_page(htc: Any) -> None:
    job = htc.run("true")
    path = f"{htc.path(job)}/events"
    assert htc.all(path, pageSize=1) == htc.all(path)
    assert len(list(htc.pages(path, pageSize=4))) == 2


@pytest.mark.slow
def test_no_page_of_jobs_keeps_the_server_busy_for_long(start: Any) -> None:
    htc = start(workspace_vcpus=1, check_answers=False)
    task = htc.task()
    definition = {"imageName": "x", "commands": ["true"], "maxVCpus": 2}
    htc.post(f"{task}/jobs/batch", [{"batchSize": 700, "htcJobDefinition": definition}] * 3)
    assert [len(page) for page in htc.pages(f"{task}/jobs", pageSize=10_000)] == [2000, 100]
