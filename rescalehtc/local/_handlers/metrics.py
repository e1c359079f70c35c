"""Metrics in the text format of Prometheus.

Only one name of the service's own metrics is known, ``htc_job_limit_vcpus``; the others, which begin with
``htc_local_``, are this server's.
"""

from __future__ import annotations

from starlette.responses import Response

from .._jobs.records import tally
from .._server_state import ServerState
from .._state.credentials import WORKSPACE_ID
from .._wire.messages import Call
from .registry import operation


@operation("getMetrics")
def get_metrics(state: ServerState, call: Call) -> Response:
    store, scheduler = state.store, state.scheduler
    limits = [f'htc_job_limit_vcpus{{workspace="{WORKSPACE_ID}"}} {state.options.workspace_vcpus}']
    for project, vcpus in store.rows("SELECT project, min(vcpus) FROM project_limit GROUP BY project ORDER BY project"):
        limits.append(f'htc_job_limit_vcpus{{project="{project}"}} {vcpus}')
    counts = tally(store.rows("SELECT status, sum(count) FROM tally GROUP BY status"))
    families = [
        ("htc_job_limit_vcpus", "gauge", "Smallest vCPU limit.", limits),
        (
            "htc_local_jobs",
            "gauge",
            "Jobs by status.",
            [f'htc_local_jobs{{status="{status}"}} {count}' for status, count in counts.items()],
        ),
        (
            "htc_local_used_vcpus",
            "gauge",
            "vCPUs of admitted jobs.",
            [f"htc_local_used_vcpus {scheduler.admission.used_vcpus}"],
        ),
        (
            "htc_local_projects",
            "gauge",
            "Projects.",
            [f"htc_local_projects {store.row('SELECT count(*) FROM project')[0]}"],
        ),
        ("htc_local_tasks", "gauge", "Tasks.", [f"htc_local_tasks {store.row('SELECT count(*) FROM task')[0]}"]),
    ]
    lines: list[str] = []
    for name, kind, text, samples in families:
        lines += [f"# HELP {name} {text}", f"# TYPE {name} {kind}", *samples]
    return Response("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4; charset=utf-8")
