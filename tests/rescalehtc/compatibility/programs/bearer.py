"""Written for 1.1.0: what a bearer token says."""

import json
import os

from rescalehtc import HtcSession, api
from rescalehtc.bearer_token import BearerToken, token_from_str
from rescalehtc.exceptions import HtcException

session = HtcSession(api_key=os.environ["KEY"])
token = session.get_bearer_token()
again = token_from_str(token.encoded_token)
given = BearerToken(
    {"alg": "none"}, {"userDefined_run": "7", "userDefined_userDefined_x": 1, "userEmail": "e"}, "a.b.c"
)
shown = {
    "algorithm": token.header["alg"],
    "claims": {name: token.payload[name] for name in ("userEmail", "workspaceId", "workspaceName")},
    "lifetime": token.payload["exp"] - token.payload["iat"],
    "none given": token.get_user_claims(),
    "given": given.get_user_claims(),
    "same": again.payload == token.payload and again.header == token.header,
    "who": api.get_auth_token_whoami(session)["userEmail"],
    "workspace": api.get_auth_whoami(session, "Token " + os.environ["KEY"])["user"]["workspace"]["name"],
}
try:
    token_from_str("only.two")
except HtcException as error:
    shown["no token"] = error.status_code
print(json.dumps(shown))
