"""Written for 1.1.0: repositories and images."""

import json
import os
import time

from rescalehtc import HtcSession, api, container_registry, htcprojects
from rescalehtc.exceptions import HtcException

session = HtcSession(api_key=os.environ["KEY"])
created = api.post_htc_projects(session, {"projectName": "wings", "projectDescription": "by a program"})
project = htcprojects.get_project_with_id(session, created["projectId"])
assert project is not None
project.json["containerRegistry"] = "registry.aws.com/wings/"

registry = container_registry.get_container_registry(session, project)
shown = {
    "url": registry.registry_url,
    "method": registry.login_method,
    "user": registry.username,
    "token": registry.get_token(session)
    == api.get_htc_projects_container_registry_token(session, created["projectId"]),
    "created": registry.create_repo(session, "team/solver"),
    "again": registry.create_repo(session, "team/solver"),
    "repos": registry.get_repos(session),
    "images": registry.get_images(session),
}
while not registry.is_image_ready(session, "team/solver:latest"):
    time.sleep(0.01)
shown["image"] = registry.get_image(session, "team/solver:latest")
for what, call in (
    ("missing image", lambda: registry.get_image(session, "none:v1")),
    ("image without tag", lambda: registry.push_docker_image(session, "solver")),
    ("no project", lambda: container_registry.get_container_registry(session, {})),
):
    try:
        call()
    except HtcException as error:
        shown[what] = error.status_code
print(json.dumps(shown))
