"""Written for 1.1.0: submit, wait, look at the jobs, read their logs."""

import json
import os
import tempfile
import time
from pathlib import Path

from rescalehtc import HtcSession, api, container_registry, htcjobs, htcprojects, htctasks
from rescalehtc.exceptions import HtcException

session = HtcSession(api_key=os.environ["KEY"])
created = api.post_htc_projects(session, {"projectName": "wings", "projectDescription": "by a program"})
project = htcprojects.get_project_with_id(session, created["projectId"])
assert project is not None
project.json["containerRegistry"] = "registry.aws.com/wings/"
registry = container_registry.get_container_registry(session, project)
registry.create_repo(session, "solver")
task = htctasks.create_task_with_name(session, project, "sweep")


def wait():
    # A new object each time: one object asks the service every 15 seconds only.
    while htctasks.HtcTask(task.json, project).is_still_running(session):
        time.sleep(0.05)


script = 'for n in 1 2 3 4 5; do echo "line $n of $MODE"; done; exit $AWS_BATCH_JOB_ARRAY_INDEX'
batch = htcjobs.create_job_batch(
    session,
    task,
    batch_size=2,
    priority="ON_DEMAND_ECONOMY",
    image_name="solver:latest",
    exec_timeout_seconds=600,
    job_name="angles",
    max_vcpus=2,
    max_memory_mib=256,
    max_disk_gib=1,
    job_tags={"study": "wing"},
    batch_tags=[{"key": "run", "value": "7"}],
    commands=["sh", "-c", script],
    envs=[{"name": "MODE", "value": "test"}],
    claims=[{"name": "run", "value": "7"}],
    architecture="X86",
)
wait()
single = htcjobs.create_single_job(session, task, "ON_DEMAND_PRIORITY", "solver:latest", 60, commands=["echo", "hi"])
wait()

jobs = {job.json["jobUUID"]: job for job in htcjobs.get_jobs(session, task)}
ours = batch.to_jobs()
logs = jobs[ours[0].json["jobUUID"]]
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "log"
    logs.get_logs_to_file(session, str(path))
    written = path.read_text()
    logs.get_logs_to_file(session, str(path), last_n_lines=2)
    end = path.read_text()
updated = [job.get_update(session) for job in ours]
found = htcjobs.get_job_with_id(session, task, single.json["jobUUID"])
assert found is not None

volatile = ("updatedAt", "createdAt", "startedAt", "completedAt", "instanceId", "providerJobId")


def lasting(description):
    return {name: value for name, value in description.items() if name not in volatile}


shown = {
    # 1.1.0 sends a field "region" that the API does not know and that comes back; 2.0 sends "regions".
    "batch": {name: value for name, value in batch.json.items() if name not in ("region", "regions")},
    "batch summary": sorted(batch.get_task_summary(session)["jobStatuses"].items()),
    "batch running": batch.is_still_running(session),
    "bare": [lasting(job.json) for job in batch.to_jobs()],
    "updated": [lasting(json) for json in updated],
    "running": [job.is_still_running(session) for job in ours],
    "jobs": sorted(job.json["status"] for job in jobs.values()),
    "failed": [job.json["jobUUID"] for job in htcjobs.get_jobs(session, task, "FAILED")],
    "logs": list(logs.get_logs(session)),
    "file": written,
    "end of file": end,
    "single": found.json["commands"],
    "single log": list(found.get_logs(session)),
    "missing": htcjobs.get_job_with_id(session, task, "00000000-0000-4000-8000-000000000000:0"),
}

wrong = [
    {"priority": "CHEAP"},
    {"architecture": "Z80"},
    {"region": "AWS_MOON_1"},
    {"envs": [{"MODE": "fast"}]},
    {"claims": [{"name": "x"}]},
    {"commands": "echo hi"},
    {"envs": {"MODE": "fast"}},
]
for change in wrong:
    arguments = {"priority": "ON_DEMAND_ECONOMY", "image_name": "solver:latest", "exec_timeout_seconds": 60}
    try:
        htcjobs.create_single_job(session, task, **{**arguments, **change})
    except HtcException as error:
        shown[f"wrong {change}"] = error.status_code
try:
    htcjobs.create_single_job(session, task, "ON_DEMAND_ECONOMY", "no-such-image:v1", 60)
except HtcException as error:
    shown["no such image"] = error.status_code
print(json.dumps(shown))
