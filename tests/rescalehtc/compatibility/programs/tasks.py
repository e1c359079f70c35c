"""Written for 1.1.0: tasks of a project."""

import json
import os

from rescalehtc import HtcSession, api, htcprojects, htctasks
from rescalehtc.exceptions import HtcException

session = HtcSession(api_key=os.environ["KEY"])
api.post_htc_projects(session, {"projectName": "wings", "projectDescription": "by a program"})
project = htcprojects.get_project_with_name(session, "wings")
assert project is not None

first = htctasks.create_task_with_name(session, project, "sweep", "first try")
second = htctasks.create_task_with_name(session, project, "sweep")
htctasks.create_task_with_name(session, project, "other", task_description="something else")
api.patch_htc_projects_tasks(session, project.json["projectId"], second.json["taskId"], {"lifecycleStatus": "ARCHIVED"})
found = htctasks.get_task_with_id(session, project, first.json["taskId"])
assert found is not None
shown = {
    "created": first.json,
    "found": found.json,
    "missing": htctasks.get_task_with_id(session, project, "00000000-0000-4000-8000-000000000000"),
    "active": [task.json["taskName"] for task in htctasks.get_tasks(session, project)],
    "archived": [task.json["taskId"] for task in htctasks.get_tasks(session, project, lifecycle_status="ARCHIVED")],
    "all": [task.json["taskId"] for task in htctasks.get_tasks(session, project, "any")],
    "by name": [task.json["taskId"] for task in htctasks.get_tasks_with_name(session, project, "sweep")],
    "by name, all": len(htctasks.get_tasks_with_name(session, project, "sweep", "all")),
    "none deleted": htctasks.delete_tasks_with_name(session, project, "nothing of this name"),
    "delete missing": htctasks.delete_task_with_id(session, project, "00000000-0000-4000-8000-000000000000"),
    "summary": first.get_task_summary(session),
    "running": first.is_still_running(session),
    "cancelled": first.cancel_jobs_in_task(session),
    "project": first.project is project,
}
for function in (htctasks.get_tasks, htctasks.HtcTask):
    try:
        function(*((session, {}) if function is htctasks.get_tasks else ({}, {})))
    except HtcException as error:
        shown[f"wrong argument of {function.__name__}"] = error.status_code
print(json.dumps(shown))
