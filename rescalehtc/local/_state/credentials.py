"""API key, refresh token, bearer tokens and their public key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from .._wire.messages import ApiError, Call, Caller
from .._wire.spec import Operation
from .._wire.types import JsonObject
from .clock import Clock
from .store import Store

#: Seconds that a bearer token is valid, as with the service.
TOKEN_LIFETIME = 21600

#: The security schemes of the description, by the first word of the Authorization header.
_SCHEMES = {"bearer": "Bearer", "token": "ApiKey", "refresh": "RefreshToken"}

#: Verified tokens are remembered: checking an RSA signature costs more than the rest of a small request.
_MAX_REMEMBERED = 4096

# The local server has one user in one workspace.
USER_ID = "local-user"
USER_NAME = "Local User"
USER_EMAIL = "local.user@example.com"
WORKSPACE_ID = "local"
WORKSPACE_NAME = "Local workspace"
ORGANIZATION_CODE = "local"

# Claims with which the local server marks the token of a job. The service's own claims are not known.
_SCOPE_PROJECT = "localScopeProjectId"
_SCOPE_TASK = "localScopeTaskId"


@cache
def _process_key() -> RSAPrivateKey:
    """One key for all in-memory servers of this process: making one takes longer than the rest of starting a server.

    Tokens still belong to one server, since each has its own issuer.
    """
    return generate_private_key(public_exponent=65537, key_size=2048)


def _base64url(number: int) -> str:
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Credentials:
    """Issues and checks every credential of one server."""

    def __init__(self, store: Store, clock: Clock, api_key: str | None = None) -> None:
        self._clock = clock
        self.server_id = store.remember("server_id", lambda: uuid.uuid4().hex)
        if api_key is not None:
            store.set_meta("api_key", api_key)
        self.api_key = store.remember("api_key", lambda: secrets.token_hex(20))
        self.refresh_token = store.remember("refresh_token", lambda: secrets.token_urlsafe(40))
        self._secret = store.remember("secret", lambda: secrets.token_hex(32)).encode()
        self._key = self._load_key(store)
        numbers = self._key.public_key().public_numbers()
        self._public = self._key.public_key()
        self._issuer = f"rescalehtc-local/{self.server_id}"
        modulus = _base64url(numbers.n)
        self._key_id = hashlib.sha256(modulus.encode()).hexdigest()[:16]
        #: The response of the JWKS route.
        self.jwks: JsonObject = {
            "keys": [
                {
                    "kty": "RSA",
                    "alg": "RS256",
                    "use": "sig",
                    "kid": self._key_id,
                    "n": modulus,
                    "e": _base64url(numbers.e),
                }
            ]
        }
        self._verified: dict[str, tuple[float, Caller]] = {}

    @staticmethod
    def _load_key(store: Store) -> RSAPrivateKey:
        if store.path is None:
            return _process_key()

        def make() -> str:
            key = generate_private_key(public_exponent=65537, key_size=2048)
            return key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ).decode()

        key = serialization.load_pem_private_key(store.remember("private_key", make).encode(), None)
        assert isinstance(key, RSAPrivateKey)
        return key

    def issue(self, extra: JsonObject | None = None) -> str:
        """A bearer token for the user, valid for ``TOKEN_LIFETIME`` seconds."""
        now = int(self._clock.now())
        payload: JsonObject = {
            "iss": self._issuer,
            "sub": USER_ID,
            "iat": now,
            "exp": now + TOKEN_LIFETIME,
            "jti": uuid.uuid4().hex,
            "userFullName": USER_NAME,
            "userEmail": USER_EMAIL,
            "workspaceName": WORKSPACE_NAME,
            "workspaceId": WORKSPACE_ID,
            "organizationCode": ORGANIZATION_CODE,
            "groups": [],
            **(extra or {}),
        }
        return jwt.encode(payload, self._key, algorithm="RS256", headers={"kid": self._key_id})

    def issue_job_token(self, project_id: str, task_id: str, claims: list[JsonObject]) -> str:
        """A bearer token for the jobs of one batch: it opens their own project and task and nothing else."""
        extra: JsonObject = {f"userDefined_{claim['name']}": claim["value"] for claim in claims}
        return self.issue({**extra, _SCOPE_PROJECT: project_id, _SCOPE_TASK: task_id})

    def authenticate(self, operation: Operation, header: bytes | None) -> Caller | None:
        """The caller of ``operation`` with this Authorization header; None if the operation needs no credential.

        Raises:
            ApiError: 401 if the header is not one that the operation accepts.
        """
        if header is not None:
            scheme, _, credential = header.decode("latin-1").partition(" ")
            accepted = _SCHEMES.get(scheme.lower()) in operation.security
            if accepted and (caller := self.identify(scheme, credential.strip())) is not None:
                return caller
        if operation.open:
            return None
        wanted = operation.security[0]
        word = next((word.title() for word, name in _SCHEMES.items() if name == wanted), wanted)
        raise ApiError(401, "UNAUTHORIZED", "", {"WWW-Authenticate": word})

    def identify(self, scheme: str, credential: str) -> Caller | None:
        """The caller who presents ``credential``, or None if it is not valid."""
        scheme = scheme.lower()
        if scheme == "token":
            return Caller({}) if self.is_api_key(credential) else None
        if scheme == "refresh":
            same = hmac.compare_digest(credential.encode(), self.refresh_token.encode())
            return Caller({}) if same else None
        if scheme == "bearer":
            return self._verify(credential)
        return None

    def is_api_key(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(), self.api_key.encode())

    def _verify(self, token: str) -> Caller | None:
        known = self._verified.get(token)
        if known is None:
            try:
                payload: dict[str, Any] = jwt.decode(
                    token,
                    self._public,
                    algorithms=["RS256"],
                    issuer=self._issuer,
                    # The clock of the server may be ahead of real time, so expiry is checked below.
                    options={"verify_exp": False, "verify_iat": False, "require": ["exp"]},
                )
            except jwt.InvalidTokenError:
                return None
            caller = Caller(payload, payload.get(_SCOPE_PROJECT), payload.get(_SCOPE_TASK))
            known = (float(payload["exp"]), caller)
            if len(self._verified) >= _MAX_REMEMBERED:
                self._verified.clear()
            self._verified[token] = known
        expires, caller = known
        return caller if self._clock.now() < expires else None

    def authorize(self, call: Call) -> None:
        """Restrict a job's token to its own project and task.

        The rights of a job's token are not published. Here it may read its own project, read and write its own
        task, and ask who it is and which regions exist.

        Raises:
            ApiError: 403 for everything else.
        """
        caller = call.caller
        if caller is None or caller.project_id is None:
            return
        project = call.path.get("projectId")
        task = call.path.get("taskId")
        if project is None:
            allowed = call.operation.method == "GET" and not call.operation.path.startswith(("/htc/projects", "/htc/w"))
        elif task is None:
            allowed = project == caller.project_id and call.operation.method == "GET"
        else:
            allowed = project == caller.project_id and task == caller.task_id
        if not allowed:
            raise ApiError(403, "FORBIDDEN", "")

    def sign(self, text: str) -> str:
        """A short signature under ``text``, for links that work without a bearer token."""
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()[:40]

    def signature_fits(self, text: str, signature: str) -> bool:
        return hmac.compare_digest(self.sign(text).encode(), signature.encode())
