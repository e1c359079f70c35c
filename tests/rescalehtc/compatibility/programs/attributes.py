"""Written for 1.1.0: what it uses of a session beyond the functions, and calls of its own."""

import copy
import json
import os
import pickle
from datetime import datetime
from pathlib import Path
from unittest import mock

from rescalehtc import HtcSession, api, htcprojects
from rescalehtc.exceptions import HtcException
from rescalehtc.logger import logger

shown = {"logger": logger.name}
home = Path("~/.config/rescalehtc").expanduser()
(home / "default").mkdir(parents=True)
(home / "default" / "rescale_api_token.txt").write_text(os.environ["KEY"])
elsewhere = home.parent / "elsewhere"
(elsewhere / "default").mkdir(parents=True)
(elsewhere / "default" / "rescale_api_token.txt").write_text(os.environ["KEY"])

shown["folders"] = [
    Path(HtcSession.get_config_folder(folder)).relative_to(home.parent).as_posix() for folder in (None, str(elsewhere))
]
shown["base url"] = HtcSession.get_rescale_api_base_url() == os.environ["RESCALE_HTC_API_URL"]

rescale = HtcSession()
shown["attributes"] = [
    rescale.workspace,
    rescale.api_key,
    os.environ["RESCALE_HTC_API_URL"] == rescale.RESCALE_API_BASE_URL,
]
shown["with a key"] = HtcSession(api_key=os.environ["KEY"]).api_key == os.environ["KEY"]
shown["expiry"] = rescale.bearer_expiry.timestamp() > datetime.now().timestamp() + 3600
shown["bearer_json"] = [
    rescale.bearer_json["tokenValue"] == rescale.RESCALE_HTC_BEARER_TOKEN,
    5 * 3600 < rescale.bearer_json["expiresIn"] <= 6 * 3600,
    datetime.fromisoformat(rescale.bearer_json["expiresAt"]) > datetime.now(),
]

with mock.patch.object(HtcSession, "get_config_folder", return_value=str(elsewhere)):
    shown["patched folder"] = Path(HtcSession().CONFIG_FOLDER).name
with mock.patch.object(HtcSession, "get_rescale_api_base_url", return_value=os.environ["RESCALE_HTC_API_URL"]):
    shown["patched url"] = os.environ["RESCALE_HTC_API_URL"] == HtcSession().RESCALE_API_BASE_URL

for name, twin in (("copied", copy.deepcopy(rescale)), ("pickled", pickle.loads(pickle.dumps(rescale)))):
    shown[name] = api.get_auth_token_whoami(twin)["userEmail"]

url = rescale.RESCALE_API_BASE_URL
made = api.api_post(rescale, f"{url}/htc/projects", {"projectName": "wings", "projectDescription": "x"})
shown["api_post"] = made["projectName"]
for index in range(3):
    api.api_post(rescale, f"{url}/htc/projects", {"projectName": f"wings {index}", "projectDescription": "x"})
shown["api_get"] = len(api.api_get(rescale, f"{url}/htc/projects", params={"pageSize": 2}))
project = f"{url}/htc/projects/{made['projectId']}"
shown["one"] = api.api_get(rescale, project)["projectName"]
shown["api_patch"] = api.api_patch(rescale, project, {"projectDescription": "y"})["projectDescription"]
shown["api_put"] = api.api_put(rescale, f"{project}/task-retention-policy", {"deleteAfter": 72, "archiveAfter": 48})[
    "deleteAfter"
]
shown["api_delete"] = api.api_delete(rescale, f"{project}/task-retention-policy", return_json=False)
shown["text"] = "wings" in api.api_get(rescale, project, return_json=False)
try:
    api.api_get(rescale, f"{url}/htc/projects/00000000-0000-4000-8000-000000000000")
except HtcException as error:
    shown["missing"] = error.status_code

with mock.patch.object(api, "get_htc_projects", return_value=[{"projectName": "double", "projectId": "p"}]):
    shown["doubles"] = [project.json for project in htcprojects.get_projects(rescale)]

good = rescale.RESCALE_HTC_BEARER_TOKEN
rescale.RESCALE_HTC_BEARER_TOKEN = good
shown["own token"] = api.get_auth_token_whoami(rescale)["userEmail"]
shown["keyword"] = len(api.get_htc_projects(rescale=rescale))
print(json.dumps(shown))
