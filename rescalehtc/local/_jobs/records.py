"""Batches and jobs: how they are stored, and how they look on the wire."""

from __future__ import annotations

import json
import platform
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from .._state.clock import iso
from .._state.credentials import USER_ID, WORKSPACE_ID
from .._state.store import Store
from .._wire.messages import encode, quote
from .._wire.spec import Spec, SpecError
from .._wire.types import JsonObject


class Status(IntEnum):
    """States of a job, in their order. The numbers are what the database holds."""

    SUBMITTED_TO_RESCALE = 0
    SUBMITTED_TO_PROVIDER = 1
    RUNNABLE = 2
    STARTING = 3
    RUNNING = 4
    SUCCEEDED = 5
    FAILED = 6


#: Below this a job is not finished. The partial index `job_unfinished` uses the same number.
FIRST_FINAL = Status.SUCCEEDED
_NAMES = [status.name for status in Status]

TIMEOUT = "ErrorTimeout"
OUT_OF_MEMORY = "ErrorNotEnoughMemory"
NON_ZERO_EXIT = "ErrorNonZeroContainerExitCode"
NOT_STARTED = "ErrorStartingContainer"
INFRASTRUCTURE = "ErrorInfrastructureFault"

#: vCPUs of a job whose definition does not say: the local server's own choice.
DEFAULT_VCPUS = 1

JOB_COLUMNS = "seq, batch, idx, status, updated, started, completed, exit_code, failure, reason, attempt, lines, events"
#: Fields that `viewType=SIMPLE` omits: the local server's own choice, since the service's is not published.
_NOT_IN_SIMPLE_VIEW = ("commands", "envs", "tags", "jobExecutionEnvironment", "instanceLabels")


def check_vocabulary(spec: Spec) -> None:
    """Fail if the description no longer has a state or failure code that jobs here can get."""
    codes = {TIMEOUT, OUT_OF_MEMORY, NON_ZERO_EXIT, NOT_STARTED, INFRASTRUCTURE}
    unknown = ({s.name for s in Status} - set(spec.enum("RescaleJobStatus"))) | (
        codes - set(spec.enum("HTCJobErrorCodeName"))
    )
    if unknown:
        raise SpecError(f"the description does not know {', '.join(sorted(unknown))}")


def host_architecture(spec: Spec) -> str:
    """The value of ``Architecture`` that names this machine."""
    wanted = "AARCH64" if platform.machine().lower() in ("aarch64", "arm64") else "X86"
    return wanted if wanted in spec.enum("Architecture") else spec.enum("Architecture")[0]


@dataclass(slots=True)
class Batch:
    """What the jobs of one batch have in common."""

    seq: int
    id: str
    task_seq: int
    created: int
    size: int
    project_id: str
    task_id: str
    group: str | None
    group_number: int
    region: str
    definition: JsonObject
    max_retries: int
    #: The fields that are equal in all jobs of the batch, as JSON without the braces.
    shared: str
    shared_simple: str
    labels: str

    @property
    def vcpus(self) -> int:
        return self.definition.get("maxVCpus") or DEFAULT_VCPUS

    def job_id(self, index: int) -> str:
        return f"{self.id}:{index}"


def _members(fields: JsonObject) -> str:
    return encode(fields)[1:-1].decode()


def make_batch(seq: int, task_seq: int, body: JsonObject) -> Batch:
    """The batch as the database holds it: ``body`` is the request and what the server decided about it."""
    request: JsonObject = body["request"]
    retries: JsonObject = request.get("retryStrategy") or {}
    definition: JsonObject = request["htcJobDefinition"]
    tags = [*request.get("tags", [])]
    tags += [{"key": key, "value": value} for key, value in definition.get("tags", {}).items()]
    provider, _, _ = str(body["region"]).partition("_")
    shared: JsonObject = {
        "projectId": request["projectId"],
        "taskId": request["taskId"],
        "workspaceId": WORKSPACE_ID,
        "createdBy": USER_ID,
        "createdAt": iso(body["created"]),
        "group": request.get("group") or "",
        "region": body["region"],
        "architecture": body["architecture"],
        "providerJobId": f"local-{request['parentJobId']}",
        "rescaleProjectId": request.get("rescaleProjectId"),
        "imageName": definition["imageName"],
        "commands": definition.get("commands", []),
        "envs": definition.get("envs", []),
        "tags": tags,
        "workingDir": definition.get("workingDir"),
        "maxGpus": None,
        "maxSwap": definition.get("maxSwap"),
        "maxVCpus": definition.get("maxVCpus") or DEFAULT_VCPUS,
        "jobExecutionEnvironment": {"instanceType": "local"},
        **{
            name: definition[name]
            for name in ("execTimeoutSeconds", "maxDiskGiB", "maxMemory")
            if definition.get(name) is not None
        },
    }
    simple = {name: value for name, value in shared.items() if name not in _NOT_IN_SIMPLE_VIEW}
    labels = {
        "accountId": "local",
        "csp": provider,
        "instanceArchitecture": body["architecture"],
        "instanceType": "local",
        "region": body["region"],
        **({"priority": definition["priority"]} if definition.get("priority") else {}),
    }
    return Batch(
        seq=seq,
        id=request["parentJobId"],
        task_seq=task_seq,
        created=body["created"],
        size=request.get("batchSize") or 1,
        project_id=request["projectId"],
        task_id=request["taskId"],
        group=request.get("group") or None,
        group_number=body["group"],
        region=body["region"],
        definition=definition,
        max_retries=retries.get("maxRetries") or 0,
        shared=_members(shared),
        shared_simple=_members(simple),
        labels=encode(labels).decode(),
    )


class Batches:
    """Batches by number; the most recently used ones are kept in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, Batch] = {}
        self._next = 1 + store.row("SELECT coalesce(max(seq), 0) FROM batch")[0]
        #: Batches whose jobs are still being stored and must not be visible.
        self._hidden: set[int] = set()
        # Left behind by a server that was killed meanwhile.
        store.write("DELETE FROM job WHERE batch NOT IN (SELECT seq FROM batch)")

    def reserve(self) -> int:
        """The number of a new batch, which is hidden until ``show``."""
        number, self._next = self._next, self._next + 1
        self._hidden.add(number)
        return number

    def show(self, seq: int) -> None:
        self._hidden.discard(seq)

    @property
    def visible(self) -> str:
        """An SQL condition on the table ``job``."""
        return f"batch NOT IN ({','.join(map(str, self._hidden))})" if self._hidden else "1"

    def get(self, seq: int) -> Batch:
        batch = self._known.get(seq)
        if batch is None:
            task_seq, body = self._store.row("SELECT task, body FROM batch WHERE seq = ?", seq)
            batch = make_batch(seq, task_seq, json.loads(body))
            if len(self._known) >= 4096:
                self._known.clear()
            self._known[seq] = batch
        return batch

    def forget(self) -> None:
        """Empty the cache, after rows were deleted."""
        self._known.clear()


def _text(value: str | None) -> str:
    return "null" if value is None else quote(value)


def _time(millis: int | None) -> str:
    return "null" if millis is None else f'"{iso(millis)}"'


def container_reason(failure: str | None) -> str:
    """The local server's own words for ``container.reason``."""
    return "Container exited" if failure is None else f"Container failed: {failure}"


def job_json(row: Any, batch: Batch, simple: bool = False) -> str:
    """One job as JSON text. ``row`` holds ``JOB_COLUMNS``."""
    _, _, idx, status, updated, started, completed, exit_code, failure, reason, _, _, _ = row
    container = (
        "null" if exit_code is None else f'{{"exitCode":{exit_code},"reason":{quote(container_reason(failure))}}}'
    )
    text = (
        f'{{"jobUUID":"{batch.id}:{idx}","status":"{_NAMES[status]}","statusReason":{_text(reason)},'
        f'"failureCode":{_text(failure)},"container":{container},"updatedAt":{_time(updated)},'
        f'"startedAt":{_time(started)},"completedAt":{_time(completed)},'
        f'"instanceId":{"null" if started is None else _LOCAL_INSTANCE},'
    )
    if simple:
        return f"{text}{batch.shared_simple}}}"
    labels = "null" if started is None else batch.labels
    return f'{text}"instanceLabels":{labels},{batch.shared}}}'


_LOCAL_INSTANCE = '"local"'
_EVENT_NAMESPACE = uuid.UUID("6f0d8a1e-6c0e-4c83-9d07-0d6c5c1c5a55")


def pack_event(status: Status, at: int, reason: str | None, exit_code: int | None, cancelled: bool) -> list[Any]:
    """An event as the database holds it: a short list, since there are five of them for each job."""
    return [int(status), at, reason, exit_code, int(cancelled)]


def read_events(row: Any, batch: Batch) -> list[JsonObject]:
    """The events of a job on the wire, oldest first.

    The submission itself is known from the batch, so it is not stored.
    """
    idx, events = row[2], row[12]
    stored: list[list[Any]] = [pack_event(Status.SUBMITTED_TO_RESCALE, batch.created, None, None, False)]
    stored += json.loads(events) if events else []
    job_id = batch.job_id(idx)
    out: list[JsonObject] = []
    for number, (status, at, reason, exit_code, cancelled) in enumerate(stored):
        placed = status >= Status.STARTING and not (status == Status.FAILED and row[5] is None)
        out.append(
            {
                "eventId": str(uuid.uuid5(_EVENT_NAMESPACE, f"{job_id}/{number}")),
                "jobId": job_id,
                "dateTime": iso(at),
                "status": _NAMES[status],
                "statusReason": reason,
                "container": None if exit_code is None else {"exitCode": exit_code},
                "instanceId": "local" if placed else None,
                "instanceLabels": json.loads(batch.labels) if placed else None,
                "userCancelledEvent": bool(cancelled),
            }
        )
    return out


def count_jobs(store: Store, changes: Iterable[tuple[int, int, int, int]]) -> None:
    """Update the counts of jobs: ``changes`` are (task, group, status, how many more)."""
    store.db.executemany(
        "INSERT INTO tally VALUES (?, ?, ?, ?)"
        " ON CONFLICT (task, grp, status) DO UPDATE SET count = count + excluded.count",
        changes,
    )


def has_unfinished(store: Store, task_seq: int) -> bool:
    """Whether a task has jobs that have not ended. What changed in memory must have been flushed."""
    row = store.row(f"SELECT 1 FROM tally WHERE task = ? AND status < {FIRST_FINAL:d} AND count > 0 LIMIT 1", task_seq)
    return row is not None


def group_number(store: Store, task_seq: int, name: str | None) -> int | None:
    """The number of a group of a task, 0 for jobs without a group, None if there is no such group."""
    if name is None:
        return 0
    row = store.row("SELECT seq FROM job_group WHERE task = ? AND name = ?", task_seq, name)
    return None if row is None else row[0]


def make_group(store: Store, task_seq: int, name: str | None) -> int:
    """The number of a group, which is made if it does not exist."""
    number = group_number(store, task_seq, name)
    if number is None:
        store.write("INSERT INTO job_group (task, name) VALUES (?, ?)", (task_seq, name))
        number = group_number(store, task_seq, name)
        assert number is not None
    return number


def tally(rows: list[Any]) -> dict[str, int]:
    """Counts by state, zeros included, from rows of (status, count)."""
    counts = dict.fromkeys(_NAMES, 0)
    for status, count in rows:
        counts[_NAMES[status]] += count
    return counts


def status_number(name: str) -> int:
    """The stored number of a state; -1 for a state that no job here ever has (the POD ones)."""
    return _NAMES.index(name) if name in _NAMES else -1
