"""Runs in an environment with rescalehtc 1.1.0: calls all of its low-level functions, and prints the results.

Not a test module: `test_published_client.py` starts it.
"""

import inspect
import json
import sys
import time

from rescalehtc import HtcSession, api, container_registry, htcprojects
from rescalehtc.exceptions import HtcException

url, key = sys.argv[1:]
HtcSession.get_rescale_api_base_url = lambda: url
session = HtcSession(api_key=key)
called, failed = set(), {}


def call(name, *arguments, **keywords):
    called.add(name)
    try:
        return getattr(api, name)(session, *arguments, **keywords)
    except HtcException as error:
        print(name, error, file=sys.stderr)
        failed[name] = str(error.status_code or type(error).__name__)
    except (NotImplementedError, ValueError) as error:
        failed[name] = type(error).__name__


token = call("get_auth_token", f"Token {key}")
assert token["expiresIn"] == 21600
assert call("get_well_known_jwks")["keys"]
who = call("get_auth_token_whoami")
assert call("get_auth_whoami", f"Token {key}")["user"]["email"] == who["userEmail"]
workspace = session.get_bearer_token().payload["workspaceId"]
call("post_oauth_token")
call("get_htc_metrics")

regions = call("get_htc_regions")
region = next(each["region"] for each in regions if each["enabled"])
assert call("get_htc_regions", region)["region"] == region
call("get_htc_gcp_clusters", workspace)
project = call("post_htc_projects", {"projectName": "p", "projectDescription": "d"})["projectId"]
assert [each["projectId"] for each in call("get_htc_projects")] == [project]
assert call("get_htc_projects", project)["projectName"] == "p"
dimensions = call("get_htc_workspaces_dimensions", workspace)
call("put_htc_projects_dimensions", project, dimensions[:1])
assert call("get_htc_projects_dimensions", project) == dimensions[:1]
assert call("get_htc_workspaces_limits", workspace)["vCPUs"] > 0
limit = call("post_htc_projects_limits", project, {"modifierRole": "PROJECT_ADMIN", "vCPUs": 40})["id"]
assert call("get_htc_projects_limits", project)[0] == call("get_htc_projects_limits", project, limit)
assert call("patch_htc_projects_limits", project, limit, {"vCPUs": 50})["vCPUs"] == 50
call("delete_htc_projects_limits", project, limit)
call("delete_htc_projects_limits", project)
assert call("get_htc_projects_limits", project) == []
policy = {"archiveAfter": 5, "deleteAfter": 6}
call("put_htc_projects_task_retention_policy", project, policy)
assert call("get_htc_projects_task_retention_policy", project)["archiveAfter"] == 5
call("delete_htc_projects_task_retention_policy", project)
call("put_htc_task_retention_policy", workspace, policy)
assert call("get_htc_task_retention_policy", workspace)["deleteAfter"] == 6
assert call("post_htc_projects_container_registry_repo", project, "solver")["successfullyCreated"]
assert call("get_htc_projects_container_registry_images", project)["images"] == ["solver:latest"]
assert call("get_htc_projects_container_registry_images", project, "solver")["status"] in ("READY", "PENDING")
assert isinstance(call("get_htc_projects_container_registry_token", project), str)
registry = container_registry.get_container_registry(session, htcprojects.get_project_with_id(session, project))
assert registry.login_method == "username_token"
assert call("get_htc_storage")
assert call("get_htc_storage_region", region)["region"] == region

task = call("post_htc_projects_tasks", project, {"taskName": "t", "taskDescription": "d"})["taskId"]
assert [each["taskId"] for each in call("get_htc_projects_tasks", project)] == [task]
assert call("get_htc_projects_tasks", project, task)["lifecycleStatus"] == "ACTIVE"
for name, *place in (("projects", project), ("projects_tasks", project, task)):
    assert call(f"get_htc_{name}_storage_token", *place)["credentials"]
    assert call(f"get_htc_{name}_storage_token", *place, region)["region"] == region
    assert call(f"get_htc_{name}_storage_tokens", *place)["regionStores"]
    call(f"get_htc_{name}_storage_presigned_url", *place)
assert call("get_htc_projects_tasks_storage_regional_storage", project, task)["regionalStores"]
definition = {
    "imageName": "solver",
    "commands": ["sh", "-c", "seq 0 249"],
    "claims": [{"name": "study", "value": "wing"}],
}
batch = call("post_htc_projects_tasks_jobs_batch", project, task, [{"batchSize": 149, "htcJobDefinition": definition}])
show = {**definition, "commands": ["printenv", "RESCALE_HTC_BEARER_TOKEN"]}
shown = call("post_htc_projects_tasks_jobs_batch", project, task, [{"htcJobDefinition": show}])
deadline = time.monotonic() + 60
while True:
    counts = call("get_htc_projects_tasks_summary_statistics", project, task)["jobStatuses"]
    if counts["SUCCEEDED"] + counts["FAILED"] == 150 or time.monotonic() > deadline:
        break
    time.sleep(0.02)
call("get_htc_projects_tasks_group_summary_statistics", project, task)
assert call("get_htc_projects_tasks_groups", project, task) == []
jobs = call("get_htc_projects_tasks_jobs", project, task)
job = call("get_htc_projects_tasks_jobs", project, task, f"{batch[0]['parentJobId']}:7")
log = call("get_htc_projects_tasks_jobs_logs", project, task, job["jobUUID"], page_size=100)
assert call("get_htc_projects_tasks_jobs_events", project, task, job["jobUUID"])[-1]["status"] == "SUCCEEDED"
(job_token,) = api.get_htc_projects_tasks_jobs_logs(session, project, task, f"{shown[0]['parentJobId']}:0")
session.RESCALE_HTC_BEARER_TOKEN = job_token["message"]
claim = api.get_auth_token_whoami(session)["userDefined_study"]
session.do_authenticate()
call("post_htc_projects_tasks_jobs_cancel", project, task)
assert call("patch_htc_projects_tasks", project, task, {"lifecycleStatus": "ARCHIVED"})["lifecycleStatus"] == "ARCHIVED"
call("delete_htc_projects_tasks", project, task)
assert api.get_htc_projects_tasks(session, project, task)["lifecycleStatus"] == "DELETED"

plumbing = {
    name
    for name, value in vars(api).items()
    if inspect.isfunction(value) and name.startswith(("get_", "post_", "put_", "patch_", "delete_"))
}
print(
    json.dumps(
        {
            "failed": failed,
            "missing": sorted(plumbing - called),
            "jobs": [each["status"] for each in jobs],
            "log": [line["message"] for line in log],
            "claim": claim,
        }
    )
)
