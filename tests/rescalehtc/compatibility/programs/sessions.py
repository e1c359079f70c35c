"""Written for 1.1.0: log in from the environment, then use the kept key."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

from rescalehtc import HtcSession, api
from rescalehtc.exceptions import HtcException

folder = Path("~/.config/rescalehtc").expanduser()
shown = {}
try:
    HtcSession()
except HtcException as error:
    shown["before"] = error.status_code


def rauthenticate(**environment):
    command = [sys.executable, "-c", os.environ["RAUTHENTICATE"]]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, check=False)


shown["without a key"] = rauthenticate().returncode
shown["with a wrong key"] = rauthenticate(RESCALE_API_TOKEN="not-the-key").returncode
shown["nothing written"] = not (folder / "default" / "rescale_api_token.txt").exists()
shown["with the key"] = rauthenticate(RESCALE_API_TOKEN=os.environ["KEY"]).returncode
workspace = (folder / "default").resolve().name
path = folder / workspace / "rescale_api_token.txt"
shown["kept"] = path.read_text() == os.environ["KEY"]
shown["workspace"] = workspace
shown["mode"] = stat.S_IMODE(path.stat().st_mode)
shown["once more"] = rauthenticate().returncode
for arguments in ((), (workspace,), ("default", str(folder))):
    shown[f"session {len(arguments)}"] = api.get_auth_token_whoami(HtcSession(*arguments))["userEmail"]
print(json.dumps(shown))
