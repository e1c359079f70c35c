"""Written for 1.1.0: projects and their limits."""

import json
import os

from rescalehtc import HtcSession, api, htcprojects
from rescalehtc.exceptions import HtcException

session = HtcSession(api_key=os.environ["KEY"])
for name in ("wings", "twins", "twins"):
    api.post_htc_projects(session, {"projectName": name, "projectDescription": "by a program"})

wings = htcprojects.get_project_with_name(session, "wings")
assert wings is not None
again = htcprojects.get_project_with_id(session, wings.json["projectId"])
assert again is not None
shown = {
    "all": [project.json["projectName"] for project in htcprojects.get_projects(session)],
    "by name": wings.json,
    "by id": again.json,
    "no such name": htcprojects.get_project_with_name(session, "none"),
    "no such id": htcprojects.get_project_with_id(session, "00000000-0000-4000-8000-000000000000"),
    "limits before": wings.get_limits(session),
    "limit": wings.set_vcpu_limit(session, "PROJECT_ADMIN", 8),
    "limits after": wings.get_limits(session),
}
for what, role, limit in (("role", "NOBODY", 8), ("limit", "PROJECT_ADMIN", 0)):
    try:
        wings.set_vcpu_limit(session, role, limit)
    except HtcException as error:
        shown[f"wrong {what}"] = error.status_code
try:
    htcprojects.get_project_with_name(session, "twins")
except HtcException as error:
    shown["twins"] = error.status_code
print(json.dumps(shown))
