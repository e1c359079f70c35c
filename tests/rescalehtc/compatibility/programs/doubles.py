"""Written for 1.1.0: an application's tests, in which dictionaries take the place of the service's answers."""

import json
import os
from pathlib import Path
from unittest import mock

import rescalehtc
from rescalehtc import HtcSession, api, container_registry, htcjobs, htcprojects, htctasks
from rescalehtc.exceptions import HtcException

PROJECT = {"projectId": "p", "projectName": "wings", "regions": ["AWS_US_EAST_2"], "repositories": ["r"]}
PROJECT["containerRegistry"] = "1.dkr.ecr.amazonaws.com/p/"
TASK = {"taskId": "t", "projectId": "p", "taskName": "sweep", "lifecycleStatus": "ACTIVE"}
JOB = {"jobUUID": "j:0", "projectId": "p", "taskId": "t", "status": "RUNNING"}
BATCHES = [{"parentJobId": "j", "batchSize": 2, "projectId": "p", "taskId": "t", "group": "g", "jobName": "x"}]
SUMMARY = {"group": None, "jobStatuses": {}}
for status in ("SUBMITTED_TO_RESCALE", "SUBMITTED_TO_PROVIDER", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED"):
    SUMMARY["jobStatuses"][status] = 0
LINES = [{"message": "second"}, {"message": "first"}]

rescale = HtcSession(api_key=os.environ["KEY"])
project = htcprojects.HtcProject(PROJECT)
task = htctasks.HtcTask(TASK, project)
registry = container_registry.HtcContainerRegistry(project, PROJECT["containerRegistry"], "username_token", "AWS", "x")
log = Path("job.log")
order = {"task": task, "priority": "ON_DEMAND_ECONOMY", "image_name": "i:1", "exec_timeout_seconds": 5}


def jsons(found):
    return [each.json for each in found]


def saved(job):
    job.get_logs_to_file(rescale, str(log))
    return log.read_text()


def job():
    return htcjobs.HtcJob(dict(JOB), task)


# What is called, what each function of `api` returns, and how often an image is asked for.
uses = [
    (lambda: jsons(htcprojects.get_projects(rescale)), {"get_htc_projects": [PROJECT]}),
    (lambda: htcprojects.get_project_with_name(rescale, "wings").json, {"get_htc_projects": [PROJECT]}),
    (lambda: htcprojects.get_project_with_id(rescale, "p").json, {"get_htc_projects": PROJECT}),
    (lambda: project.get_limits(rescale), {"get_htc_projects_limits": [{"vCPUs": 5}]}),
    (lambda: project.set_vcpu_limit(rescale, "PROJECT_ADMIN", 5), {"post_htc_projects_limits": {"vCPUs": 5}}),
    (lambda: jsons(htctasks.get_tasks(rescale, project)), {"get_htc_projects_tasks": [TASK]}),
    (lambda: jsons(htctasks.get_tasks(rescale, project, "DELETED")), {"get_htc_projects_tasks": [TASK]}),
    (lambda: jsons(htctasks.get_tasks_with_name(rescale, project, "sweep")), {"get_htc_projects_tasks": [TASK]}),
    (lambda: htctasks.get_task_with_id(rescale, project, "t").json, {"get_htc_projects_tasks": TASK}),
    (lambda: htctasks.create_task_with_name(rescale, project, "s").json, {"post_htc_projects_tasks": TASK}),
    (lambda: htctasks.HtcTask(TASK, project).is_still_running(rescale),
     {"get_htc_projects_tasks_summary_statistics": SUMMARY}),
    (lambda: jsons(htcjobs.get_jobs(rescale, task, "RUNNING")), {"get_htc_projects_tasks_jobs": [JOB]}),
    (lambda: htcjobs.get_job_with_id(rescale, task, "j:0").json, {"get_htc_projects_tasks_jobs": JOB}),
    (lambda: job().is_still_running(rescale), {"get_htc_projects_tasks_jobs": JOB}),
    (lambda: list(job().get_logs(rescale)), {"get_htc_projects_tasks_jobs_logs": LINES}),
    (lambda: saved(job()), {"get_htc_projects_tasks_jobs_logs": LINES}),
    (lambda: jsons(htcjobs.create_job_batch(rescale, batch_size=2, **order).to_jobs()),
     {"post_htc_projects_tasks_jobs_batch": BATCHES,
      "get_htc_projects_container_registry_images": {"status": "READY"}}),
    (lambda: htcjobs.create_single_job(rescale, **order).json,
     {"post_htc_projects_tasks_jobs_batch": BATCHES, "get_htc_projects_tasks_jobs": JOB,
      "get_htc_projects_container_registry_images": {"status": "READY"}}),
    (lambda: container_registry.get_container_registry(rescale, project).get_token(rescale),
     {"get_htc_projects_container_registry_token": "token"}),
    (lambda: registry.get_images(rescale), {"get_htc_projects_container_registry_images": {"images": ["a"]}}),
    (lambda: registry.is_image_ready(rescale, "a"),
     {"get_htc_projects_container_registry_images": {"status": "READY"}}),
    (lambda: registry.create_repo(rescale, "a"), {"post_htc_projects_container_registry_repo": {"name": "a"}}),
    (lambda: registry.get_repos(rescale), {"get_htc_projects": PROJECT}),
]  # fmt: skip
shown = {}
for number, (use, answers) in enumerate(uses):
    with mock.patch.multiple(api, **{name: mock.Mock(return_value=answer) for name, answer in answers.items()}):
        shown[f"answer {number}"] = use()

missing = HtcException("There is none.", 404)
for number, (use, name) in enumerate([
    (lambda: htcprojects.get_project_with_id(rescale, "p"), "get_htc_projects"),
    (lambda: htctasks.get_task_with_id(rescale, project, "t"), "get_htc_projects_tasks"),
    (lambda: htcjobs.get_job_with_id(rescale, task, "j"), "get_htc_projects_tasks_jobs"),
    (lambda: htctasks.delete_task_with_id(rescale, project, "t"), "delete_htc_projects_tasks"),
]):  # fmt: skip
    # 2.0 looks at a task before it deletes it.
    with mock.patch.multiple(api, **dict.fromkeys({name, "get_htc_projects_tasks"}, mock.Mock(side_effect=missing))):
        shown[f"missing {number}"] = use()

shown["logger"] = rescalehtc.logger.logger.name
print(json.dumps(shown))
