"""A genuine token passes, and nothing else does."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from rescalehtc import AsyncHtcSession, aio, api, htcjobs, wait
from rescalehtc.bearer_token import BearerToken, token_from_str
from rescalehtc.exceptions import HtcMissingExtraError, HtcTokenError

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(key: rsa.RSAPrivateKey, kid: str) -> dict[str, Any]:
    return {**jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig"}


KEYS = {"keys": [{"keyId": "of another form"}, public(OTHER, "old"), public(KEY, "new")]}


def issue(claims: dict[str, Any] | None = None, **header: Any) -> BearerToken:
    content = {"exp": time.time() + 600, "userDefined_run": "7", **(claims or {})}
    return token_from_str(jwt.encode(content, KEY, algorithm="RS256", headers={"kid": "new", **header}))


def with_parts(header: dict[str, Any], token: BearerToken, signature: str = "") -> BearerToken:
    encoded = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    return token_from_str(f"{encoded}.{token.encoded_token.split('.')[1]}.{signature}")


def test_verifying_a_genuine_token_returns_it() -> None:
    token = issue()
    assert token.verify_with(KEYS) is token
    assert token.user_claims == {"run": "7"}


@pytest.mark.slow
def test_clocks_may_differ_a_little() -> None:
    issue({"exp": time.time() - 10}).verify_with(KEYS)
    with pytest.raises(HtcTokenError, match="has expired"):
        issue({"exp": time.time() - 10}).verify_with(KEYS, leeway_seconds=5)
    with pytest.raises(HtcTokenError, match="not genuine"):
        issue({"nbf": time.time() + 600}).verify_with(KEYS)


def test_anything_else_is_refused() -> None:
    genuine = issue()
    hmac = jwt.encode({"exp": time.time() + 600}, "k" * 32, algorithm="HS256", headers={"kid": "new"})
    changed = genuine.encoded_token.split(".")
    changed[1] = base64.urlsafe_b64encode(json.dumps({"exp": 9e9, "admin": True}).encode()).decode().rstrip("=")
    for token in (
        with_parts({"alg": "none", "kid": "new"}, genuine),
        with_parts({"alg": "RS256", "kid": "new"}, genuine, "AAAA"),
        token_from_str(hmac),
        token_from_str(".".join(changed)),
        issue(kid="old"),
        issue(kid="nobody's"),
        token_from_str(jwt.encode({"run": 1}, KEY, algorithm="RS256", headers={"kid": "new"})),
    ):
        with pytest.raises(HtcTokenError, match="not genuine") as caught:
            token.verify_with(KEYS)
        assert token.encoded_token not in str(caught.value)


def test_a_token_without_a_key_name_fits_a_single_key_only() -> None:
    token = token_from_str(jwt.encode({"exp": time.time() + 600}, KEY, algorithm="RS256"))
    token.verify_with({"keys": [public(KEY, "new")]})
    odd: list[Any] = [None, [], 7, "x", {"a": 1}, [None], ["x"], [7], [[]], [{"kty": ["RSA"], "n": 1, "e": 1}]]
    for keys in (KEYS, {}, *({"keys": each} for each in odd)):
        with pytest.raises(HtcTokenError, match="no key of the service"):
            token.verify_with(keys)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jwt", None)
    with pytest.raises(HtcMissingExtraError, match=r"rescalehtc\[jwt\]"):
        issue_before.verify_with(KEYS)


issue_before = issue()


@pytest.mark.parametrize(
    ("claims", "scopes"),
    [({"scope": "jobs:read  jobs:write"}, {"jobs:read", "jobs:write"}), ({"scp": ["a"]}, {"a"}), ({}, set())],
)
def test_scopes(claims: dict[str, Any], scopes: set[str]) -> None:
    assert BearerToken({}, claims, "").scopes == scopes


@pytest.mark.slow
def test_the_token_of_a_session(session: Any) -> None:
    assert session.get_bearer_token().verify(session).payload["userEmail"]
    with pytest.raises(HtcTokenError, match="not genuine"):
        issue().verify(session)


@pytest.mark.slow
def test_the_token_of_an_async_session(server: Any) -> None:
    async def main() -> BearerToken:
        async with AsyncHtcSession(api_key=server.api_key, base_url=server.url) as session:
            token = await session.get_bearer_token()
            return token.verify_with(await aio.get_well_known_jwks(session))

    assert asyncio.run(main()).expiry is not None


@pytest.mark.slow
def test_the_token_of_a_job(session: Any, real_task: Any) -> None:
    job = htcjobs.create_single_job(
        session,
        real_task,
        "ON_DEMAND_ECONOMY",
        "solver:latest",
        600,
        commands=["sh", "-c", "echo $RESCALE_HTC_BEARER_TOKEN"],
        claims=[{"name": "run", "value": "7"}],
    )
    wait(session, job, min_interval_seconds=0.02)
    [encoded] = job.get_logs(session)
    assert token_from_str(encoded).verify_with(api.get_well_known_jwks(session)).user_claims == {"run": "7"}
