"""A service in memory: tasks, groups, batches, statuses, limits. Reached with or without a network."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import attrs
import httpx

STATUSES = (
    "SUBMITTED_TO_RESCALE",
    "SUBMITTED_TO_PROVIDER",
    "RUNNABLE",
    "STARTING",
    "RUNNING",
    "SUCCEEDED",
    "FAILED",
)
FINAL = ("SUCCEEDED", "FAILED")
Answer = tuple[int, Any]


@attrs.define
class Job:
    parent: str
    position: int
    batch: dict[str, Any] = attrs.field(factory=lambda: {"htcJobDefinition": {"imageName": "a:b"}})
    group: str | None = None
    status: str = "SUBMITTED_TO_RESCALE"
    failure_code: str | None = None
    ended: int = 0
    exit_code: float | None = None

    @property
    def id(self) -> str:
        return f"{self.parent}:{self.position}"

    @property
    def envs(self) -> dict[str, str]:
        return {env["name"]: env["value"] for env in self.batch["htcJobDefinition"].get("envs") or ()}

    @property
    def index(self) -> int:
        envs = self.envs
        if "HTC_JOB_INDEXES" in envs:
            return int(envs["HTC_JOB_INDEXES"].split(",")[self.position])
        return int(envs.get("HTC_JOB_INDEX_OFFSET", 0)) + self.position

    def to_json(self) -> dict[str, Any]:
        definition = self.batch["htcJobDefinition"]
        time = f"2026-01-15T{self.ended // 3600 % 24:02}:{self.ended // 60 % 60:02}:{self.ended % 60:02}Z"
        return {
            "jobUUID": self.id,
            "status": self.status,
            "group": self.group,
            "failureCode": self.failure_code,
            "container": {"exitCode": self.exit_code},
            "completedAt": time if self.status in FINAL else None,
            "createdAt": "2026-01-15T00:00:00Z",
            "startedAt": "2026-01-15T00:00:00Z",
            "envs": definition.get("envs"),
            "tags": self.batch.get("tags"),
            "imageName": definition["imageName"],
            "maxVCpus": definition.get("maxVCpus"),
            "maxMemory": definition.get("maxMemory"),
            "region": "AWS_US_EAST_2",
        }


class MemoryService:
    """One project and one task."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.batches: list[dict[str, Any]] = []
        self.lock = threading.RLock()
        self.calls: list[str] = []
        self.posts = 0
        self.clock = 0
        self.before: Callable[[str, str], Any] = lambda method, path: None
        self.lose: Callable[[int], bool] = lambda number: False
        self.before_submit: dict[int, BaseException] = {}
        self.after_submit: dict[int, BaseException] = {}
        self.change_answers: Callable[[list[Any]], list[Any]] = lambda answers: answers
        self.logs: dict[str, list[str]] = {}
        # Returned one after the other, the last one again and again. Without counts, the jobs are counted.
        self.images: dict[str, list[str]] = {}
        self.counts: list[dict[str, int]] = []
        self.dimensions: list[dict[str, Any]] = []
        self.limits: list[dict[str, Any]] = []
        self.workspace_limit: dict[str, Any] | None = None
        self.uncancellable: set[str] = set()
        self.cancelled: set[str] = set()
        self.files: dict[str, bytes] = {}

    def called(self, pattern: str) -> int:
        """How many calls end with a pattern such as ``/images/*``."""
        return sum(fnmatchcase(call, f"*{pattern}") for call in self.calls)

    def of_group(self, group: str | None) -> list[Job]:
        return [job for job in self.jobs if group is None or job.group == group]

    def end(self, job: Job, status: str = "SUCCEEDED", failure_code: str | None = None) -> None:
        self.clock += 1
        job.status, job.failure_code, job.ended = status, failure_code, self.clock

    def answer(self, method: str, target: str, body: bytes) -> Answer | None:
        """The response to a request, None for one that is lost after it was carried out."""
        url = urlsplit(target)
        query = parse_qs(url.query)
        path = url.path.partition("/htc/")[2] or url.path.rsplit("/", 1)[1]
        with self.lock:
            self.calls.append(f"{method} {path}")
            self.before(method, path)
            if path.endswith("token") and "auth" in url.path:
                return 200, {"tokenValue": "e30.e30.token", "expiresIn": 21600}
            if path.endswith("jobs/batch"):
                self.posts += 1
                answers = self._submit(json.loads(body), query.get("group", [None])[0])
                return None if self.lose(self.posts) else (200, self.change_answers(answers))
            if path.endswith("jobs/cancel"):
                for job in self.of_group(query.get("group", [None])[0]):
                    if job.status not in FINAL and job.id not in self.uncancellable:
                        self.end(job, "FAILED")
                        self.cancelled.add(job.id)
                return 200, {}
            if path.endswith("group-summary-statistics"):
                known = [name for name in query["group"] if self.counts or self.of_group(name)]
                items = [{"group": name, "jobStatuses": self._counts(self.of_group(name))} for name in known]
                return 200, {"items": [{"group": "another", "jobStatuses": {"RUNNING": 99}}, *items]}
            if path.endswith("summary-statistics"):
                return 200, {"jobStatuses": self._counts(self.jobs)}
            if path.endswith("/jobs"):
                return 200, self._page(url.path, query)
            if path.endswith("/logs"):
                lines = self.logs[unquote(path.split("/")[-2])]
                events = [{"message": line, "timestamp": "2026-01-15T09:30:00Z"} for line in lines]
                return 200, {"items": events if query["sort"] == ["asc"] else events[::-1]}
            if path.endswith("/events"):
                mine = path.split("/")[-2] in self.cancelled
                return 200, {"items": [{"status": "FAILED", "dateTime": "", "userCancelledEvent": mine}]}
            if "/container-registry/images/" in path:
                status = _next(self.images.get(unquote(path.rsplit("/", 1)[1]), ["READY"]))
                return (200, {"status": status}) if status else (404, {"error": "IMAGE_UNAVAILABLE", "message": "no"})
            if path.endswith("/dimensions"):
                return 200, self.dimensions
            if path.startswith("workspaces/"):
                return (200, self.workspace_limit) if self.workspace_limit else (404, {})
            if path.endswith("/limits"):
                return 200, self.limits
            if path.startswith("projects/") and path.count("/") == 1:
                return 200, {"projectId": "p", "projectName": "n", "projectDescription": "d", "workspaceId": "w"}
        raise AssertionError((method, target))

    def submit_or_fail(self, send: Callable[[Any], Any], call: Any) -> Any:
        """Send a call; raise instead what a test wants of the n-th submission, before or after it is carried out."""
        if call.route.operation_id == "submitJobs":
            number = self.posts + 1
            if number in self.before_submit:
                self.posts = number
                raise self.before_submit[number]
            if number in self.after_submit:
                self.answer("POST", call.target, call.body)
                raise self.after_submit[number]
        return send(call)

    def _submit(self, batches: list[dict[str, Any]], group: str | None) -> list[dict[str, Any]]:
        for batch in batches:
            parent = f"parent{len(self.batches) + 1}"
            self.jobs += [Job(parent, position, batch, group) for position in range(batch["batchSize"])]
            self.batches.append({**batch, "parentJobId": parent, "group": group})
        return self.batches[-len(batches) :]

    def _counts(self, jobs: list[Job]) -> dict[str, int]:
        return _next(self.counts or [{**dict.fromkeys(STATUSES, 0), **Counter(job.status for job in jobs)}])

    def _page(self, path: str, query: dict[str, list[str]]) -> dict[str, Any]:
        jobs = self.of_group(query.get("group", [None])[0])
        if "status" in query:
            jobs = [job for job in jobs if job.status == query["status"][0]]
        if "jobId" in query:
            wanted = set(query["jobId"])
            jobs = [job for job in jobs if job.id in wanted]
        size, start = int(query.get("pageSize", ["100"])[0]), int(query.get("pageIndex", ["0"])[0])
        page: dict[str, Any] = {"items": [job.to_json() for job in jobs[start : start + size]]}
        if start + size < len(jobs):
            again = {**query, "pageIndex": [str(start + size)]}
            page["next"] = f"{self.origin}{path}?{urlencode(again, doseq=True)}"
        return page

    origin = "http://localhost"


def _next(values: list[Any]) -> Any:
    return values.pop(0) if len(values) > 1 else values[0]


def transport(service: MemoryService) -> httpx.MockTransport:
    """Reaches the service without a network."""

    def respond(request: httpx.Request) -> httpx.Response:
        found = service.answer(request.method, request.url.raw_path.decode(), request.content)
        if found is None:
            raise httpx.ReadError("the response was lost", request=request)
        return httpx.Response(found[0], json=found[1])

    return httpx.MockTransport(respond)


class HttpService(ThreadingHTTPServer):
    """Reaches the service over a socket of this machine."""

    daemon_threads = True

    def __init__(self, service: MemoryService) -> None:
        self.service = service
        super().__init__(("127.0.0.1", 0), _Connection)
        service.origin = f"http://127.0.0.1:{self.server_address[1]}"
        self.url = f"{service.origin}/api"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def wait_until_idle(self) -> None:
        """Return when no request is being answered, those of clients that are gone included."""
        for thread in [each for each in threading.enumerate() if "process_request_thread" in each.name]:
            thread.join(10)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients are killed in tests."""


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: HttpService

    def _respond(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        found = self.server.service.answer(self.command, self.path, body)
        if found is None:
            self.close_connection = True
            return
        data = json.dumps(found[1]).encode()
        self.send_response(found[0])
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = _respond

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""
