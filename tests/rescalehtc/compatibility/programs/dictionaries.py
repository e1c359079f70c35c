"""Written for 1.1.0: what the functions of the API return, used as the dictionaries that it returned."""

import copy
import csv
import io
import json
import os
import pickle
import string
from collections import ChainMap, Counter, OrderedDict
from itertools import groupby
from operator import itemgetter

from rescalehtc import HtcSession, api, container_registry, htcjobs, htcprojects, htctasks

rescale = HtcSession(api_key=os.environ["KEY"])
created = api.post_htc_projects(rescale, {"projectName": "wings", "projectDescription": "x"})
project = htcprojects.get_project_with_id(rescale, created["projectId"])
project.json["containerRegistry"] = "registry.aws.com/wings/"
container_registry.get_container_registry(rescale, project).create_repo(rescale, "solver")
task = htctasks.create_task_with_name(rescale, project, "sweep")
htcjobs.create_job_batch(
    rescale, task, 3, "ON_DEMAND_ECONOMY", "solver:latest", 60, commands=["true"], envs=[{"name": "A", "value": "1"}]
)
ids = created["projectId"], task.json["taskId"]

policy = api.put_htc_projects_task_retention_policy(rescale, ids[0], {"archiveAfter": 1, "deleteAfter": 2})
policy["deleteAfter"] *= 2
policy = api.put_htc_projects_task_retention_policy(rescale, ids[0], policy)

jobs = api.get_htc_projects_tasks_jobs(rescale, *ids)
job = max(jobs, key=itemgetter("jobUUID"))
table = io.StringIO()
writer = csv.DictWriter(table, ["status", "imageName", "execTimeoutSeconds", "none"], "-", extrasaction="ignore")
writer.writerows(jobs)


def name(imageName, execTimeoutSeconds, **rest):
    return imageName, execTimeoutSeconds, len(rest)


def failure(use):
    try:
        return use()
    except (KeyError, TypeError) as error:
        return type(error).__name__


changed = copy.deepcopy(job)
changed["envs"].append({"name": "B", "value": "2"})
changed["envs"][0]["value"] = changed["envs"][0]["value"] + "!"
changed["commands"] += ["-v"]
changed.setdefault("mine", {})["list"] = [1]
changed["mine"]["list"].append(2)
changed["startedAt"] = "soon"
changed.update({"maxVCpus": 7}, group=None)
popped = changed.pop("region"), changed.pop("region", "gone"), failure(lambda: changed.pop("region"))
changed["last"] = 1
last = changed.popitem()

print(
    json.dumps(
        {
            "policy": {name: policy[name] for name in ("archiveAfter", "deleteAfter")},
            "items": sorted(job.items()),
            "copies": [dict(job) == job, {**job} == job, pickle.loads(pickle.dumps(job)) == job, job == changed],
            "union": sorted((job | {"a": 1}).items()) == sorted(({"a": 1} | job).items()),
            "csv": table.getvalue(),
            "get": [job.get("none", {}), job.get("imageName"), "status" in job, 5 in job, len(job)],
            "failures": [failure(lambda: job["none"]), failure(lambda: job[3]), failure(lambda: {job})],
            "call": name(**job),
            "text": string.Template("$imageName ${execTimeoutSeconds}").substitute(job) + f"{job['status']:>20}",
            "format": "{imageName} {j[envs][0][name]} %(maxVCpus)d".format(j=job, **job) % job,
            "views": [len(list(reversed(job))), repr(job.keys())[:10], {"status", "x"} & job.keys() == {"status"}],
            "counts": sorted(Counter(each["status"] for each in jobs).items()),
            "groups": [[key, len(list(each))] for key, each in groupby(jobs, itemgetter("imageName"))],
            "maps": [ChainMap({}, job)["imageName"], sorted(OrderedDict(job)) == sorted(job)],
            "sorted": [each["jobUUID"] for each in sorted(jobs, key=lambda each: each["jobUUID"])],
            "list": [job in jobs, jobs[:0] == [], len([*jobs, {}]), isinstance(jobs, list)],
            "changed": sorted(changed.items(), key=str),
            "popped": [*popped, *last],
            "cleared": [changed.clear(), dict(changed), bool(changed)],
        },
        sort_keys=True,
    )
)
