"""Credentials: what they permit, what they hold, and when they expire."""

from __future__ import annotations

import base64
import json
from typing import Any

import jwt
import pytest

pytestmark = pytest.mark.slow


def header(htc: Any, text: str) -> dict[str, str]:
    return {"Authorization": text.format(key=htc.server.api_key, refresh=htc.server.refresh_token, bearer=htc.token)}


@pytest.mark.parametrize("route", ["auth/token", "auth/whoami"])
@pytest.mark.parametrize("credential", ["Token {key}", "Refresh {refresh}", "token {key}"])
def test_key_and_refresh_token_open_the_token_routes(htc: Any, route: str, credential: str) -> None:
    htc.call("GET", route, headers=header(htc, credential))


@pytest.mark.parametrize("route", ["auth/token", "auth/whoami"])
@pytest.mark.parametrize(
    "credential", ["Bearer {bearer}", "Token wrong", "Token", "Refresh {key}", "Token {refresh}", "{key}", "Basic eDp5"]
)
def test_nothing_else_opens_them(htc: Any, route: str, credential: str) -> None:
    answer = htc.call("GET", route, 401, headers=header(htc, credential))
    assert answer.content == b""
    assert answer.headers["www-authenticate"] == "Token"


@pytest.mark.parametrize(
    "credential", ["Token {key}", "Refresh {refresh}", "Bearer", "Bearer {bearer}x", "Bearer a.b.c"]
)
def test_only_a_bearer_token_opens_the_others(htc: Any, credential: str) -> None:
    answer = htc.call("GET", "htc/projects", 401, headers=header(htc, credential))
    assert answer.content == b""


def test_a_token_is_checked_with_the_published_key(htc: Any) -> None:
    answer = htc.http.get("auth/token", headers=header(htc, "Token {key}")).json()
    assert answer["expiresIn"] == 21600
    key_set = htc.http.get(".well-known/jwks.json", headers={"Authorization": ""}).json()
    key = key_set["keys"][0]
    assert set(key) == {"kty", "alg", "use", "kid", "n", "e"}
    assert jwt.get_unverified_header(answer["tokenValue"])["kid"] == key["kid"]
    claims = jwt.decode(answer["tokenValue"], jwt.PyJWK(key), algorithms=["RS256"])
    assert claims["exp"] - claims["iat"] == 21600
    shown = htc.get("auth/token/whoami")
    assert set(shown) == {"userFullName", "userEmail", "workspaceName", "workspaceId", "organizationCode", "groups"}
    assert shown == {name: claims[name] for name in shown}
    who = htc.call("GET", "auth/whoami", headers=header(htc, "Token {key}")).json()["user"]
    assert (who["email"], who["workspace"]["id"]) == (shown["userEmail"], shown["workspaceId"])


def test_a_forged_token_is_refused(htc: Any) -> None:
    head, payload, signature = htc.token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    claims["userEmail"] = "someone@example.com"
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    for token in (f"{head}.{forged}.{signature}", jwt.encode(claims, "x" * 32, algorithm="HS256")):
        htc.call("GET", "auth/token/whoami", 401, headers={"Authorization": f"Bearer {token}"})


def test_a_token_of_another_server_is_refused(start: Any) -> None:
    one, other = start(), start()
    other.call("GET", "htc/projects", 401, headers={"Authorization": f"Bearer {one.token}"})


def test_a_token_expires_with_the_clock(htc: Any) -> None:
    htc.server.clock.advance(21590)
    htc.get("htc/projects")
    htc.server.clock.advance(20)
    htc.call("GET", "htc/projects", 401)


@pytest.mark.parametrize(
    "request_options",
    [
        {"headers": {"Authorization": "Token {key}"}},
        {"headers": {"Authorization": "Refresh {refresh}"}},
        {"auth": ("anyone", "{key}")},
        {"data": {"grant_type": "client_credentials", "client_id": "x", "client_secret": "{key}"}},
        {"data": {"grant_type": "refresh_token", "refresh_token": "{refresh}"}},
    ],
)
def test_oauth2_token(htc: Any, request_options: dict[str, Any]) -> None:
    def fill(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: fill(value) for name, value in part.items()}
        if isinstance(part, tuple):
            return tuple(fill(value) for value in part)
        return part.format(key=htc.server.api_key, refresh=htc.server.refresh_token)

    del htc.http.headers["Authorization"]
    answer = htc.call("POST", "oauth2/token", **fill(request_options)).json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 21600)
    htc.call("GET", "auth/token/whoami", headers={"Authorization": f"Bearer {answer['access_token']}"})


def test_oauth2_token_without_credential(htc: Any) -> None:
    answer = htc.call("POST", "oauth2/token", 400, headers={"Authorization": ""}).json()
    assert answer["error"] == "invalid_client"


def test_the_token_of_a_job_has_its_claims_and_a_limited_scope(htc: Any) -> None:
    project = htc.project()
    task, sibling, stranger = htc.task(project), htc.task(project), htc.task()
    htc.submit(task, "printenv", "RESCALE_HTC_BEARER_TOKEN", claims=[{"name": "study", "value": "wing 7"}])
    (job,) = htc.finish(task)
    (token,) = htc.log(job)
    as_job = {"headers": {"Authorization": f"Bearer {token}"}}
    shown = htc.call("GET", "auth/token/whoami", **as_job).json()
    assert shown["userDefined_study"] == "wing 7"
    for path in (project, task, f"{task}/jobs", f"{htc.path(job)}/logs", "htc/regions"):
        htc.call("GET", path, **as_job)
    batch = [{"htcJobDefinition": {"imageName": "any"}}]
    htc.call("POST", f"{task}/jobs/batch", json=batch, **as_job)
    for method, path in [
        ("GET", "htc/projects"),
        ("GET", stranger),
        ("GET", sibling),
        ("POST", f"{sibling}/jobs/batch"),
        ("POST", f"{project}/tasks"),
        ("DELETE", f"{project}/limits"),
        ("PUT", "htc/workspaces/local/task-retention-policy"),
    ]:
        assert htc.call(method, path, 403, **as_job).content == b""
