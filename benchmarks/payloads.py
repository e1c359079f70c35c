"""What the benchmark's server returns: made up, the same in every run, and shaped like the service's own data."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

JOBS = 20_000
"""Number of different jobs; a longer listing repeats them."""
LINES = 200_000

_START = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)


def job(number: int, *, nulls: bool = True) -> dict[str, Any]:
    """A job that ran, one of a thousand submitted together: all 33 fields, five of them objects, five of them null."""
    batch, index = divmod(number, 1000)
    created = _START + timedelta(minutes=batch)
    started = created + timedelta(seconds=20 + index // 4)
    ended = started + timedelta(seconds=300 + number * 7 % 90)
    instance = f"i-{number * 2654435761 % 2**64:016x}"
    fields: dict[str, Any] = {
        "jobUUID": f"33333333-3333-4333-8333-{batch:012d}:{index}",
        "status": "FAILED" if number % 50 == 0 else "SUCCEEDED",
        "statusReason": "Completed",
        "failureCode": None,
        "projectId": "11111111-1111-4111-8111-111111111111",
        "taskId": "22222222-2222-4222-8222-222222222222",
        "workspaceId": "00-0000001",
        "rescaleProjectId": None,
        "group": f"angle-{batch}",
        "imageName": "solver:v2",
        "commands": ["python", "solve.py", "--case", str(index)],
        "workingDir": None,
        "envs": [{"name": "SOLVER_MODE", "value": "fast"}],
        "tags": [{"key": "study", "value": "wing"}],
        "architecture": "AARCH64",
        "maxVCpus": 4,
        "minVCpus": 1,
        "maxMemory": 8192,
        "maxDiskGiB": 20,
        "maxSwap": None,
        "maxGpus": None,
        "execTimeoutSeconds": 3600,
        "region": "AWS_US_EAST_2",
        "providerJobId": f"provider-job-{number:08x}",
        "instanceId": instance,
        "instanceLabels": {
            "csp": "AWS",
            "accountId": "123456789012",
            "region": "us-east-2",
            "instanceType": "c7g.xlarge",
            "instanceArchitecture": "arm64",
            "priority": "ON_DEMAND_ECONOMY",
        },
        "jobExecutionEnvironment": {"architecture": 2, "instanceId": instance, "instanceType": "c7g.xlarge"},
        "container": {"exitCode": int(number % 50 == 0), "reason": "Completed"},
        "createdBy": "user-1",
        "createdAt": _text(created),
        "startedAt": _text(started),
        "completedAt": _text(ended),
        # The service checks the jobs about every 30 seconds.
        "updatedAt": _text(ended + timedelta(seconds=30 - ended.second % 30)),
    }
    return fields if nulls else {name: value for name, value in fields.items() if value is not None}


def line(number: int) -> dict[str, str]:
    """A line of a solver's log, ten per second."""
    return {
        "timestamp": _text(_START + timedelta(seconds=number // 10)),
        "message": f"step {number:7d}  residual {1 / (number + 1):.6e}  dt 1.25e-04  courant 0.8137",
    }


BATCH: dict[str, Any] = {
    "htcJobDefinition": {
        "imageName": "solver:v2",
        "maxVCpus": 4,
        "maxMemory": 8192,
        "execTimeoutSeconds": 3600,
        "architecture": "AARCH64",
        "commands": ["python", "solve.py"],
        "envs": [{"name": "SOLVER_MODE", "value": "fast"}],
        "tags": [{"key": "study", "value": "wing"}],
    },
    "batchSize": 1000,
    "regions": ["AWS_US_EAST_2"],
}


def encoded(value: object) -> bytes:
    """JSON as servers send it."""
    return json.dumps(value, separators=(",", ":")).encode()


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
