"""What a sync session has beyond an async one: the attributes of 1.1.0."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NoReturn

from .._auth.token import Token
from ..exceptions import HtcNotImplementedError
from .session_parts import SessionParts

_REMEDIES = {
    "RESCALE_API_BASE_URL": "pass base_url to HtcSession, or set RESCALE_HTC_API_URL",
    "api_key": "pass it to HtcSession; a function, if the key changes",
    "bearer_expiry": "set RESCALE_HTC_BEARER_TOKEN, or call do_authenticate() to renew it",
    "bearer_json": "set RESCALE_HTC_BEARER_TOKEN, or call do_authenticate() to renew it",
    "requests_session": "pass proxy, ca_file and headers to HtcSession, or http_client=httpx.Client(...)",
}


class _RemovedAttributeError(HtcNotImplementedError, AttributeError):
    """An attribute of 1.1.0 that was removed, or cannot be set."""


class SessionBase(SessionParts):
    """Attributes that programs written for 1.1.0 use."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _REMEDIES:
            raise _RemovedAttributeError(f"{name} of a session cannot be set: {_REMEDIES[name]}.")
        super().__setattr__(name, value)

    @property
    def RESCALE_HTC_BEARER_TOKEN(self) -> str:
        """The bearer token in use, renewed if it is due. A secret.

        You may set it: calls then use your token until the service rejects it, or it is about to expire.
        """
        return self._get_token().value

    @RESCALE_HTC_BEARER_TOKEN.setter
    def RESCALE_HTC_BEARER_TOKEN(self, value: str) -> None:
        self._exchange.tokens.use(value)

    @property
    def bearer_expiry(self) -> datetime | None:
        """When the bearer token in use expires, in UTC; None if that is not known. The first use fetches a token."""
        if self._exchange.tokens.token is None:
            self._get_token()
        return super().bearer_expiry

    @property
    def bearer_json(self) -> dict[str, Any]:
        """The bearer token in use in the form of 1.1.0, renewed if it is due. A secret.

        ``expiresAt`` is local time without a zone, and ``expiresIn`` the remaining seconds.
        """
        from rescalehtc_generated.models.htc_token import HTCToken

        from .._utils.wire import WireNames

        token, names = self._get_token(), WireNames(HTCToken)
        expiry = super().bearer_expiry
        left = int(token.expires_at - datetime.now(UTC).timestamp()) if expiry else None
        local = expiry.astimezone().replace(tzinfo=None).isoformat() if expiry else None
        return {names.token_value: token.value, names.expires_in: left, "expiresAt": local}

    @property
    def requests_session(self) -> NoReturn:
        """Removed, because sessions no longer use requests.

        Raises:
            HtcNotImplementedError: Always; the message says what to use instead.
        """
        raise _RemovedAttributeError(
            f"A session has no requests_session, because it does not use requests: {_REMEDIES['requests_session']}."
        )

    def _get_token(self) -> Token:
        raise NotImplementedError
