"""The server's web page: who may see it, what it shows, and that a browser displays it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.slow

CHROMIUM = next(
    (
        str(program)
        for program in (
            *map(shutil.which, ("chromium", "chromium-browser", "google-chrome")),
            *Path("~/.cache/ms-playwright").expanduser().glob("chromium-*/chrome-linux*/chrome"),
        )
        if program
    ),
    None,
)


class Page(HTMLParser):
    """The text and the links of a page; fails on tags that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.links, self._open, self._skip = "", list[str](), list[str](), False
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input"):
            self._open.append(tag)
        self.links += [value or "" for name, value in attrs if (tag, name) == ("a", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data


@pytest.fixture
def site(htc: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=htc.server.url.removesuffix("/api/v1")) as client:
        yield client


def log_in(htc: Any, site: httpx.Client) -> None:
    answer = site.post("/login", data={"key": htc.server.api_key})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert htc.server.api_key not in cookie


def test_only_the_key_opens_it(htc: Any, site: httpx.Client) -> None:
    htc.project("hidden")
    for path in ("/", "/tasks/x", "/jobs/x"):
        answer = site.get(path)
        assert answer.status_code == 401
        assert "hidden" not in answer.text
        assert 'type="password"' in answer.text
    assert site.post("/login", data={"key": "wrong"}).status_code == 401
    assert site.get("/", headers={"Cookie": "rescalehtc-local=1; x=y"}).status_code == 401
    assert site.put("/").status_code == 405
    log_in(htc, site)
    answer = site.get("/")
    assert "hidden" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert site.get("/elsewhere").status_code == 404
    assert site.head("/").content == b""


def test_it_shows_projects_tasks_jobs_and_logs(htc: Any, site: httpx.Client) -> None:
    log_in(htc, site)
    assert "No projects yet" in Page(site.get("/").text).text
    project = htc.project("<script>alert('wing')</script>")
    task = htc.task(project, "flutter & more")
    htc.task(project, "")
    htc.submit(task, "sh", "-c", "echo '<b>bold</b>'; exit $AWS_BATCH_JOB_ARRAY_INDEX", size=2, group="<i>")
    jobs = htc.finish(task)
    front = site.get("/").text
    assert '<meta http-equiv="refresh"' in front
    overview = Page(front)
    assert "<script>alert('wing')</script>" in overview.text
    assert "SUCCEEDED 1 · FAILED 1" in overview.text
    assert "<script" not in front
    (link,) = [link for link in overview.links if task.rpartition("/")[2] in link]
    shown = Page(site.get(link).text)
    assert "flutter & more" in shown.text
    assert "<i>" in shown.text
    (link,) = [link for link in shown.links if link.endswith("%3A1")]
    job = Page(site.get(link).text)
    assert jobs[1]["jobUUID"] in job.text
    assert "<b>bold</b>" in job.text
    assert "The command ended with exit code 1" in job.text
    assert link.replace("/jobs/", "") == jobs[1]["jobUUID"].replace(":", "%3A")
    for missing in ("/tasks/none", "/jobs/none", "/jobs/none:0", f"{link}9"):
        assert site.get(missing).status_code == 404


def test_failed_jobs_come_first_and_there_are_filters_and_pages(htc: Any, site: httpx.Client) -> None:
    log_in(htc, site)
    task = htc.task()
    path = f"/tasks/{task.rpartition('/')[2]}"
    htc.submit(task, "sh", "-c", "exit 3", group="bad & worse")
    htc.submit(task, size=130)  # without a command they succeed at once
    htc.finish(task)
    first = Page(site.get(path).text)
    jobs = [link for link in first.links if link.startswith("/jobs/")]
    assert len(jobs) == 100
    (failed,) = [job for job in htc.all(f"{task}/jobs") if job["status"] == "FAILED"]
    assert jobs[0].replace("%3A", ":") == f"/jobs/{failed['jobUUID']}"
    second = Page(site.get(path, params={"page": 2}).text)
    assert len([link for link in second.links if link.startswith("/jobs/")]) == 31
    assert not set(jobs) & set(second.links)
    for query in ("status=FAILED", "group=bad+%26+worse"):
        (link,) = {link for link in first.links if link == f"?{query}"}
        shown = Page(site.get(f"{path}{link}").text)
        assert len([link for link in shown.links if link.startswith("/jobs/")]) == 1
    assert site.get(path, params={"page": "x", "status": "nonsense"}).status_code == 200


def test_it_shows_requests_faults_images_and_the_clock(htc: Any, site: httpx.Client) -> None:
    log_in(htc, site)
    project = htc.project()
    htc.post(f"{project}/container-registry/repo/solver")
    htc.server.faults.add("status", "listTasks", status=503, times=2)
    htc.call("GET", f"{project}/tasks", 503)
    htc.server.clock.advance(1000)
    overview = Page(site.get("/").text)
    for text in ("listTasks", "solver:latest", "READY", "1000 s ahead", "speed 200"):
        assert text in overview.text
    requests = Page(site.get("/requests").text)
    assert "createRepository" in requests.text
    assert "503" in requests.text
    assert "<title>Requests</title>" in site.get("/requests").text
    assert site.get("/health").text == "ok\n"


#: Chromium takes commands from descriptor 3 and answers on 4.
AS_3_AND_4 = """
import fcntl, os, sys
pipes = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
for pipe, number in zip(pipes, (3, 4)):
    os.dup2(pipe, number)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """Chromium without a window, spoken to over a pipe in its own protocol."""

    def __init__(self, profile: Path) -> None:
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        command = [
            sys.executable, "-c", AS_3_AND_4, str(to_browser), str(from_browser), str(CHROMIUM),
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe",
            "--no-first-run", "--disable-background-networking", f"--user-data-dir={profile}",
        ]  # fmt: skip
        self._process = subprocess.Popen(
            command,
            env={"PATH": os.environ["PATH"], "HOME": str(profile)},
            pass_fds=[to_browser, from_browser],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._number = 0
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        answer = self._ask(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def evaluate(self, script: str) -> Any:
        while True:
            answer = self._ask("Runtime.evaluate", {"expression": script, "returnByValue": True})
            # The page that was asked was just being replaced by the next one.
            if "error" in answer and "navigated" in answer["error"]["message"]:
                continue
            assert "error" not in answer, answer
            return answer["result"]["result"].get("value")

    def _ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if hasattr(self, "_session"):
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self._buffer:
                part = os.read(self._read, 1 << 20)
                assert part, "the browser has gone"
                self._buffer += part
            text, _, self._buffer = self._buffer.partition(b"\0")
            answer = json.loads(text)
            if answer.get("id") == self._number:
                return answer

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._write)
        os.close(self._read)


@pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="Chromium is not installed")
def test_a_browser_shows_it_and_refreshes_it(htc: Any, site: httpx.Client, tmp_path: Path) -> None:
    task = htc.task(htc.project("wing"), "flutter")
    browser = Browser(tmp_path)
    try:
        browser.send("Page.navigate", url=str(site.base_url))
        htc.until(lambda: browser.evaluate("document.querySelector('input[name=key]') !== null"), "the form")
        browser.evaluate(f"document.querySelector('input').value = '{htc.server.api_key}'")
        browser.evaluate("document.querySelector('button').click()")
        htc.until(lambda: "flutter" in (browser.evaluate("document.body.innerText") or ""), "the overview")
        htc.until(lambda: "no jobs" in (browser.evaluate("document.body.innerText") or ""), "the empty task")
        htc.submit(task, "echo", "seen in the browser")
        htc.finish(task)
        # Nobody reloads the page: it does so by itself.
        htc.until(lambda: "SUCCEEDED 1" in (browser.evaluate("document.body.innerText") or ""), "the refresh")
        color = "getComputedStyle(document.querySelector('.SUCCEEDED')).color"
        htc.until(lambda: browser.evaluate(color) in ("rgb(24, 122, 47)", "rgb(92, 201, 122)"), "the style")
        for text in ("flutter", ":0"):
            link = f"[...document.links].find(link => link.textContent.endsWith('{text}'))"
            place = browser.evaluate("location.href")
            # A click is lost if the page is just being refreshed, so it is repeated until the next page is there.
            htc.until(
                lambda click=f"{link}?.click()", place=place: (
                    browser.evaluate(click) or browser.evaluate("location.href") != place
                ),
                f"the page behind {text}",
            )
        htc.until(lambda: "seen in the browser" in (browser.evaluate("document.body.innerText") or ""), "the log")
        picture = base64.b64decode(browser.send("Page.captureScreenshot")["data"])
        (tmp_path / "page.png").write_bytes(picture)
    finally:
        browser.close()
