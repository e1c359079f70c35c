"""Every operation of the API, sync and async, through the public functions; responses are checked."""

from __future__ import annotations

import inspect
import re
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from rescalehtc import AsyncHtcSession, HtcSession, aio, api, metrics
from rescalehtc.exceptions import HtcBadRequestError, HtcNotFoundError
from rescalehtc.local import LocalServer
from rescalehtc.local._handlers.registry import operations_without_handler
from rescalehtc.local._wire.spec import load_spec
from rescalehtc.models import (
    HTCComputeEnvironment,
    HTCJob,
    HTCJobDefinition,
    HTCJobSubmitRequest,
    HTCLimitCreate,
    HTCLimitUpdate,
    HTCProject,
    HTCProjectUpdate,
    HTCTask,
    HTCTaskUpdate,
    LifecycleStatus,
    ModifierRole,
    RescaleJobStatus,
    TaskRetentionPolicy,
    ViewType,
    WorkspaceTaskRetentionPolicy,
)
from tests.support.removed_routes import removed_route

pytestmark = pytest.mark.slow

SPEC = load_spec()
PATTERNS = [
    (operation.method, re.compile(SPEC.base_path + re.sub(r"\{\w+\}", "[^/]+", operation.path)), operation)
    for operation in SPEC.operations.values()
]


class Record:
    """The operations that were called; every response is checked against the API description."""

    def __init__(self) -> None:
        self.operations: set[str] = set()
        self._lock = threading.Lock()

    def check(self, request: httpx.Request, response: httpx.Response) -> None:
        path = request.url.raw_path.decode().partition("?")[0]
        operation = next(op for method, pattern, op in PATTERNS if method == request.method and pattern.fullmatch(path))
        with self._lock:
            self.operations.add(operation.id)
        content_type = response.headers.get("content-type")
        problem = SPEC.response_problem(operation, response.status_code, content_type, response.content)
        assert problem is None, f"{request.method} {path}: {problem}"


class CheckingTransport(httpx.HTTPTransport):
    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        response.read()
        self.record.check(request, response)
        return response


class AsyncCheckingTransport(httpx.AsyncHTTPTransport):
    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        await response.aread()
        self.record.check(request, response)
        return response


class Caller:
    """Calls a function by its name, sync or async, so that one scenario serves both."""

    def __init__(self, module: Any, session: Any) -> None:
        self.module, self.session = module, session

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def call(*arguments: Any, **keywords: Any) -> Any:
            result = getattr(self.module, name)(self.session, *arguments, **keywords)
            if inspect.isasyncgen(result) or isinstance(result, AsyncIterator):
                return [item async for item in result]
            if inspect.isawaitable(result):
                return await result
            return list(result) if name.startswith("iter_") else result

        return call


@pytest.fixture(scope="module")
def server():
    with LocalServer(speed=200) as server:
        yield server


@pytest.fixture(params=["sync", "async"])
async def htc(request: pytest.FixtureRequest, server: LocalServer):
    record = Record()
    if request.param == "sync":
        with (
            httpx.Client(transport=CheckingTransport(record)) as client,
            HtcSession(api_key=server.api_key, base_url=server.url, http_client=client) as session,
        ):
            yield Caller(api, session), record, server
    else:
        async with (
            httpx.AsyncClient(transport=AsyncCheckingTransport(record)) as client,
            AsyncHtcSession(api_key=server.api_key, base_url=server.url, http_client=client) as session,
        ):
            yield Caller(aio, session), record, server


async def test_every_operation(htc: tuple[Any, Record, LocalServer]) -> None:
    call, record, server = htc
    workspace = await tokens(call, server)
    project = await projects(call)
    removed: list[str] = []
    for section, arguments in (
        (regions, (project,)),
        (registry, (project,)),
        (dimensions_and_limits, (project, workspace)),
        (retention, (project, workspace)),
        (tasks_and_jobs, (project,)),
        (storage, (project,)),
        (read_metrics, ()),
    ):
        try:
            await section(call, *arguments)
        except (AttributeError, DeprecationWarning) as error:
            reason = removed_route(error)
            if reason is None:
                raise
            removed.append(reason)
    if removed:
        pytest.skip("; ".join(removed))
    # What the local server does not implement yet cannot be called.
    assert set(SPEC.operations) - record.operations - set(operations_without_handler(SPEC)) == set()


def test_no_more_is_fetched_than_is_asked_for(server: LocalServer) -> None:
    sizes: list[str | None] = []

    def note(request: httpx.Request) -> None:
        if request.url.path.endswith("/projects") and request.method == "GET":
            sizes.append(request.url.params.get("pageSize"))

    with (
        httpx.Client(event_hooks={"request": [note]}) as client,
        HtcSession(api_key=server.api_key, base_url=server.url, http_client=client) as session,
    ):
        api.get_htc_projects(session, max_items=1)
        api.get_htc_projects(session, page_size=5, max_items=3)
        api.get_htc_projects(session, page_size=2, max_items=1000)
        api.get_htc_projects(session, max_items=1000)
        api.get_htc_projects(session)
    assert list(dict.fromkeys(sizes)) == ["1", "3", "2", None]


async def tokens(call: Any, server: LocalServer) -> str:
    keys = await call.get_well_known_jwks()
    assert keys.to_dict()["keys"][0]["kty"] == "RSA"
    header = f"Token {server.api_key}"
    token = await call.get_auth_token(header)
    assert token.expires_in == 21600
    assert token.token_value not in repr(token)
    payload = await call.get_auth_token_whoami()
    assert "@" in payload.user_email
    who = await call.get_auth_whoami(header)
    assert who.user.email == payload.user_email
    with pytest.raises(NotImplementedError, match="post_oauth2_token"):
        await call.post_oauth_token()
    with pytest.raises(NotImplementedError, match="read_metrics"):
        await call.get_htc_metrics()
    with pytest.raises(HtcBadRequestError) as failure:
        await call.post_oauth2_token()
    assert failure.value.error_type
    return payload.workspace_id


async def projects(call: Any) -> str:
    created = await call.post_htc_projects(HTCProject(project_name="p", project_description="d"))
    await call.post_htc_projects({"projectName": "q", "projectDescription": "plain JSON"})
    found = await call.get_htc_projects(page_size=1, only_my_projects=True)
    assert created.project_id in [project.project_id for project in found]
    assert len(await call.get_htc_projects(max_items=1)) == 1
    streamed = await call.iter_htc_projects(page_size=1)
    assert [each.project_id for each in streamed] == [each.project_id for each in found]
    assert (await call.get_htc_projects(created.project_id)).project_name == "p"
    with pytest.raises(HtcNotFoundError) as failure:
        await call.get_htc_projects("no/such project")
    assert failure.value.status_code == 404
    with pytest.raises(TypeError, match="only_my_projects"):
        await call.get_htc_projects(created.project_id, only_my_projects=True)
    return created.project_id


async def regions(call: Any, project: str) -> None:
    regions = await call.get_htc_regions()
    assert (await call.get_htc_regions(regions[0].region)).region == regions[0].region
    changed = await call.patch_htc_projects(project, HTCProjectUpdate(regions=[regions[0].region]))
    assert changed.regions == [regions[0].region]
    assert (await call.get_htc_projects(project)) == changed


async def registry(call: Any, project: str) -> None:
    assert (await call.post_htc_projects_container_registry_repo(project, "team/tool")).successfully_created
    again = await call.post_htc_projects_container_registry_repo(project, "team/tool")
    assert again.successfully_created is False
    images = await call.get_htc_projects_container_registry_images(project)
    assert isinstance(images.images, list)
    assert isinstance(await call.get_htc_projects_container_registry_token(project), str)
    with pytest.raises(HtcNotFoundError) as failure:
        await call.get_htc_projects_container_registry_images(project, "absent:latest")
    assert failure.value.error_type == "IMAGE_UNAVAILABLE"


async def dimensions_and_limits(call: Any, project: str, workspace: str) -> None:
    available = await call.get_htc_workspaces_dimensions(workspace)
    chosen = [HTCComputeEnvironment.from_dict(available[0].to_dict())]
    replaced = await call.put_htc_projects_dimensions(project, chosen)
    assert await call.get_htc_projects_dimensions(project) == replaced
    assert (await call.get_htc_workspaces_limits(workspace)).vcpus >= 1
    limit = await call.post_htc_projects_limits(
        project, HTCLimitCreate(vcpus=8, modifier_role=ModifierRole.PROJECT_ADMIN)
    )
    assert (await call.get_htc_projects_limits(project, limit.id)).vcpus == 8
    assert (await call.patch_htc_projects_limits(project, limit.id, HTCLimitUpdate(vcpus=9))).vcpus == 9
    assert [each.vcpus for each in await call.get_htc_projects_limits(project)] == [9]
    assert await call.delete_htc_projects_limits(project, limit.id) is None
    assert await call.delete_htc_projects_limits(project) is None
    assert await call.get_htc_projects_limits(project) == []


async def retention(call: Any, project: str, workspace: str) -> None:
    policy = TaskRetentionPolicy(archive_after=168, delete_after=24)
    assert (await call.put_htc_projects_task_retention_policy(project, policy)).archive_after == 168
    assert (await call.get_htc_projects_task_retention_policy(project)).delete_after == 24
    assert await call.delete_htc_projects_task_retention_policy(project) is None
    with pytest.raises(HtcNotFoundError):
        await call.get_htc_projects_task_retention_policy(project)
    general = WorkspaceTaskRetentionPolicy(archive_after=0, delete_after=0)
    assert (await call.put_htc_task_retention_policy(workspace, general)).archive_after == 0
    assert (await call.get_htc_task_retention_policy(workspace)).delete_after == 0


async def tasks_and_jobs(call: Any, project: str) -> None:
    created = await call.post_htc_projects_tasks(project, HTCTask(task_name="t", task_description="d"))
    task = created.task_id
    definition = HTCJobDefinition(image_name="any:1", commands=["sh", "-c", "echo one; echo two"])
    batches = await call.post_htc_projects_tasks_jobs_batch(
        project, task, [HTCJobSubmitRequest(batch_size=2, htc_job_definition=definition)], group="first"
    )
    parent = batches[0].parent_job_id
    await ended(call, project, task, 2)

    jobs = await call.get_htc_projects_tasks_jobs(
        project, task, status=RescaleJobStatus.SUCCEEDED, group="first", view_type=ViewType.FULL, page_size=1
    )
    assert {job.job_uuid for job in jobs} == {f"{parent}:0", f"{parent}:1"}
    only = await call.get_htc_projects_tasks_jobs(project, task, job_ids=[f"{parent}:1"])
    assert [job.job_uuid for job in only] == [f"{parent}:1"]
    job = await call.get_htc_projects_tasks_jobs(project, task, f"{parent}:0")
    assert isinstance(job, HTCJob)
    assert job.status is RescaleJobStatus.SUCCEEDED
    lines = await call.get_htc_projects_tasks_jobs_logs(project, task, job.job_uuid)
    assert [line.message for line in lines][:2] == ["two", "one"]
    oldest = await call.get_htc_projects_tasks_jobs_logs(project, task, job.job_uuid, 1, 1, sort="asc")
    assert [line.message for line in oldest] == ["one"]
    events = await call.get_htc_projects_tasks_jobs_events(project, task, job.job_uuid)
    assert {"SUBMITTED_TO_RESCALE", "RUNNING", "SUCCEEDED"} <= {event.status for event in events}
    groups = await call.get_htc_projects_tasks_group_summary_statistics(project, task, group=["first"])
    assert [(each.group, each.job_statuses["SUCCEEDED"]) for each in groups] == [("first", 2)]
    assert await call.get_htc_projects_tasks_groups(project, task) == ["first"]
    assert await call.post_htc_projects_tasks_jobs_cancel(project, task, group="first") is None
    archived = await call.patch_htc_projects_tasks(
        project, task, HTCTaskUpdate(lifecycle_status=LifecycleStatus.ARCHIVED)
    )
    assert archived.lifecycle_status is LifecycleStatus.ARCHIVED
    assert await call.delete_htc_projects_tasks(project, task) is None
    assert (await call.get_htc_projects_tasks(project, task)).lifecycle_status is LifecycleStatus.DELETED
    with pytest.raises(HtcNotFoundError):
        await call.get_htc_projects_tasks_jobs(project, task, "absent")


async def ended(call: Any, project: str, task: str, number: int) -> None:
    for _ in range(2000):
        summary = await call.get_htc_projects_tasks_summary_statistics(project, task)
        if summary.job_statuses["SUCCEEDED"] == number:
            return
    raise AssertionError(f"the jobs did not succeed: {summary}")


async def read_metrics(call: Any) -> None:
    read = metrics.read_metrics if call.module is api else aio.metrics.read_metrics
    samples = read(call.session)
    samples = await samples if inspect.isawaitable(samples) else samples
    assert samples
    assert all(sample.name for sample in samples)


async def storage(call: Any, project: str) -> None:
    task = (await call.post_htc_projects_tasks(project, HTCTask(task_name="s", task_description="d"))).task_id
    assert task in [each.task_id for each in await call.get_htc_projects_tasks(project)]
    options = await call.get_htc_storage()
    region = options[0].region
    assert (await call.get_htc_storage_region(region)).region == region
    for arguments, prefix in (((project,), "projects"), ((project, task), "projects_tasks")):

        def function(name: str, prefix: str = prefix) -> Any:
            return getattr(call, f"get_htc_{prefix}_storage_{name}")

        token = await function("token")(*arguments)
        assert token.credentials
        assert not any(value in repr(token) for value in token.credentials.values())
        assert (await function("token")(*arguments, region)).region == region
        assert (await function("tokens")(*arguments)).region_stores
        assert (await function("presigned_url")(*arguments, file_path="a b.txt")).url
    assert (await call.get_htc_projects_tasks_storage_regional_storage(project, task)).regional_stores
    clusters = await call.get_htc_gcp_clusters("any")
    assert clusters.to_dict() is not None
