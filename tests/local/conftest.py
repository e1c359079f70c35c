"""A server for each test, and a small client that knows nothing of the library under test."""

from __future__ import annotations

import shlex
import ssl
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import IO, Any

import httpx
import pytest

from rescalehtc.local import LocalServer


def read_ready_lines(stream: IO[str]) -> dict[str, str]:
    """The variables that a server started by its command prints, once it is ready."""
    found: dict[str, str] = {}
    while "AWS_ENDPOINT_URL_S3" not in found:
        line = stream.readline()
        assert line, "the server has ended"
        words = shlex.split(line, comments=True)
        if words:
            name, _, value = words[1].partition("=")
            found[name] = value
    return found


#: Real seconds after which a wait fails. No test depends on how long something takes.
TIMEOUT = 60


class Htc:
    """A client of one server, and shorthands for what most tests need first."""

    server: LocalServer

    @classmethod
    def of(cls, server: LocalServer) -> Htc:
        htc = cls(server.url, server.api_key)
        htc.server = server
        return htc

    def __init__(self, url: str, api_key: str) -> None:
        #: Host and port as in the names of images.
        self.netloc = f"localhost:{httpx.URL(url).port}"
        self.http = httpx.Client(base_url=url + "/", timeout=TIMEOUT, trust_env=False)
        self.api_key = api_key
        self.log_in()

    def log_in(self) -> None:
        """Get a token; also after the clock was moved by hours."""
        answer = self.http.get("auth/token", headers={"Authorization": f"Token {self.api_key}"})
        self.token: str = answer.json()["tokenValue"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def call(self, method: str, path: str, status: int | None = None, **options: Any) -> httpx.Response:
        """A request; unless `status` says otherwise it must succeed."""
        answer = self.http.request(method, path, **options)
        expected = answer.status_code < 300 if status is None else answer.status_code == status
        assert expected, f"{method} {path}: {answer.status_code} {answer.text[:1000]}"
        return answer

    def get(self, path: str, **params: Any) -> Any:
        return self.call("GET", path, params=params or None).json()

    def post(self, path: str, body: Any = None, **params: Any) -> Any:
        answer = self.call("POST", path, json=body, params=params)
        return answer.json() if answer.content else None

    def pages(self, path: str, **params: Any) -> Iterator[list[Any]]:
        """The items of each page."""
        page = self.get(path, **params)
        yield page["items"]
        while "next" in page:
            page = self.call("GET", page["next"]).json()
            yield page["items"]

    def all(self, path: str, **params: Any) -> list[Any]:
        return [item for page in self.pages(path, **params) for item in page]

    def project(self, name: str = "p", **more: Any) -> str:
        """The path of a new project."""
        made = self.post("htc/projects", {"projectName": name, "projectDescription": "-", **more})
        return f"htc/projects/{made['projectId']}"

    def task(self, project: str | None = None, name: str = "t") -> str:
        """The path of a new task."""
        project = project or self.project()
        made = self.post(f"{project}/tasks", {"taskName": name, "taskDescription": "-"})
        return f"{project}/tasks/{made['taskId']}"

    def submit(
        self, task: str, *commands: str, size: int = 1, group: str | None = None, retries: int = 0, **definition: Any
    ) -> str:
        """Submit a batch; return its identifier."""
        batch: dict[str, Any] = {
            "batchSize": size,
            "htcJobDefinition": {"imageName": "any:1", "commands": list(commands), **definition},
            "retryStrategy": {"maxRetries": retries},
        }
        params = {} if group is None else {"group": group}
        return self.post(f"{task}/jobs/batch", [batch], **params)[0]["parentJobId"]

    def counts(self, task: str) -> dict[str, int]:
        return self.get(f"{task}/summary-statistics")["jobStatuses"]

    def until(self, condition: Callable[[], Any], what: str = "the condition") -> Any:
        """The result of `condition` as soon as it is true."""
        end = time.monotonic() + TIMEOUT
        while not (result := condition()):
            assert time.monotonic() < end, f"{what} did not come true in {TIMEOUT} s"
            time.sleep(0.01)
        return result

    def finish(self, task: str) -> list[Any]:
        """All jobs of the task, when all of them have ended."""

        def ended() -> bool:
            counts = self.counts(task)
            return sum(counts.values()) == counts["SUCCEEDED"] + counts["FAILED"]

        self.until(ended, "the end of all jobs")
        return self.all(f"{task}/jobs")

    def run(self, *commands: str, **options: Any) -> Any:
        """Run one job in a task of its own; return the finished job."""
        task = self.task()
        self.submit(task, *commands, **options)
        return self.finish(task)[0]

    @staticmethod
    def path(job: dict[str, Any]) -> str:
        return f"htc/projects/{job['projectId']}/tasks/{job['taskId']}/jobs/{job['jobUUID']}"

    def log(self, job: dict[str, Any]) -> list[str]:
        """What a job wrote, oldest line first."""
        return [line["message"] for line in self.all(f"{self.path(job)}/logs", sort="asc")]

    def states(self, job: dict[str, Any]) -> list[str]:
        return [event["status"] for event in self.all(f"{self.path(job)}/events")]


_one_context = cache(ssl.create_default_context)


@pytest.fixture(autouse=True)
def cheap_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all clients share the web's certificates: reading them takes longer than most tests here."""
    monkeypatch.setattr(ssl, "create_default_context", _one_context)


@pytest.fixture
def start() -> Iterator[Callable[..., Htc]]:
    """Starts servers with options of one's own."""
    begun: list[Htc] = []

    def begin(**options: Any) -> Htc:
        server = LocalServer(**{"speed": 200, "check_answers": True, **options}).start()
        begun.append(Htc.of(server))
        return begun[-1]

    yield begin
    for htc in begun:
        htc.http.close()
        htc.server.stop()


@pytest.fixture
def htc(start: Callable[..., Htc]) -> Htc:
    """A client of a new server that checks each of its own responses against the API description."""
    return start()
