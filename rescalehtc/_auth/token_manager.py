# Derived from rescalehtc/_auth/aio/token_manager.py by `make generate`. Do not edit.
"""Keeps the bearer token of a session valid: one renewal at a time, shared between tasks and processes."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable

from .._utils.file_lock import FileLock
from .._utils.headers import is_header_token
from .._utils.scheduling import SingleFlight
from .._utils.timing import Timing
from ..exceptions import HtcConfigurationError, HtcException, HtcUnauthorizedError
from .credentials import Credential
from .token import Token, renewal_time, stated_expiry
from .token_cache import TokenCache

logger = logging.getLogger("rescalehtc")

_LOCK_TIMEOUT = 30.0
_LOCK_POLL_SECONDS = 0.05
_RETRY_RENEWAL_SECONDS = 30.0


class TokenManager:
    """The bearer token of a session.

    Attributes:
        credential: Credential with which bearer tokens are fetched.
        token: The token in use, None before the first one.
    """

    def __init__(
        self,
        credential: Credential,
        base_url: str,
        fetch: Callable[[], tuple[str, float | None]],
        pause: Callable[[float], None],
        timing: Timing,
    ) -> None:
        """Store what is needed to get tokens.

        Args:
            credential: Credential with which bearer tokens are fetched.
            base_url: Base URL of the service.
            fetch: Fetches a token and its lifetime in seconds, None if the service does not state one.
            pause: Waits for some seconds; raises if the session is closed in the meantime.
            timing: Clocks and jitter.
        """
        self.credential = credential
        self.token: Token | None = None
        self._fetch, self._pause = fetch, pause
        self._timing = timing
        self._cache: TokenCache | None = None
        if credential.folder is not None:
            self._cache = TokenCache(credential.folder, credential, base_url)
        if not credential.renewable:
            # A job's token is used unchanged, for as long as the service accepts it.
            self.token = Token(credential.secret, stated_expiry(credential.secret))
        self._renewal = SingleFlight()
        self._has_lock = False

    @property
    def is_due(self) -> bool:
        """Whether a token has to be fetched before the next call."""
        return self.token is None or self.token.renew_at <= self._timing.clock()

    def get(self, *, force: bool = False) -> Token:
        """The token in use, renewed if it is due or if ``force`` is set.

        Raises:
            HtcUnauthorizedError: The service does not accept the key or refresh token.
            HtcException: No token can be fetched, and there is no valid one to keep using.
        """
        if force or self.is_due:
            self.renew(self.token.value if self.token and force else None)
        if self.token is None:
            raise HtcException("The session has no bearer token.")
        return self.token

    def use(self, value: str) -> None:
        """Use a token that the caller obtained elsewhere.

        Raises:
            HtcConfigurationError: It is not a token.
        """
        if not isinstance(value, str) or not is_header_token(value):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise HtcConfigurationError("A bearer token is a string of printable ASCII without spaces.")
        expires_at = stated_expiry(value)
        renew_at = renewal_time(expires_at, None, self._timing.jitter) if self.credential.renewable else math.inf
        self.token = Token(value, expires_at, renew_at, renewable=self.credential.renewable)

    def renew(self, rejected: str | None) -> None:
        """Replace the rejected token, or get a first one. Tasks that call this at the same time share the result.

        Raises:
            HtcException: As for :meth:`get`.
        """
        if not self.credential.renewable or self._is_usable(self.token, rejected):
            return
        self._renewal.run(lambda: self._renew(rejected))
        if self.token is not None and self.token.value == rejected:
            # This task shared a renewal that was not about the rejected token.
            self._renewal.run(lambda: self._renew(rejected))

    def _renew(self, rejected: str | None) -> None:
        cache = self._cache
        # A renewal inside another, by an observer that makes calls, would wait for the lock of the outer one.
        is_inner = self._has_lock
        lock = self._lock(cache) if cache and not is_inner else None
        self._has_lock = is_inner or lock is not None
        try:
            if cache and self._load_cached(cache, rejected):
                return
            logger.debug("Fetching a bearer token with the credentials from %s", self.credential.source)
            try:
                value, lifetime = self._fetch()
            except HtcException as error:
                self._keep_old_token(error, rejected)
                return
            # Counted from now, not read from the token: the clock here may differ from that of the service.
            expires_at = stated_expiry(value) if lifetime is None else self._timing.clock() + lifetime
            self.token = Token(
                value, expires_at, renewal_time(expires_at, lifetime, self._timing.jitter), renewable=True
            )
            if cache and math.isfinite(expires_at):
                cache.write(value, expires_at, expires_at - self._timing.clock())
        finally:
            self._has_lock = is_inner
            if lock:
                lock.release()

    def _is_usable(self, token: Token | None, rejected: str | None) -> bool:
        return token is not None and token.value != rejected and token.renew_at > self._timing.clock()

    def _lock(self, cache: TokenCache) -> FileLock | None:
        """The lock between processes. Without it, one more token is fetched."""
        give_up = self._timing.monotonic() + _LOCK_TIMEOUT
        try:
            while (lock := cache.try_lock()) is None and self._timing.monotonic() < give_up:
                self._pause(_LOCK_POLL_SECONDS)
        except OSError as error:
            logger.debug("Cannot lock the file next to %s: %s", cache.path, error.strerror)
            return None
        return lock

    def _load_cached(self, cache: TokenCache, rejected: str | None) -> bool:
        found = cache.read()
        if found is None:
            return False
        renew_at = renewal_time(found.expires_at, found.lifetime, self._timing.jitter)
        token = Token(found.value, found.expires_at, renew_at, renewable=True)
        if not self._is_usable(token, rejected):
            return False
        logger.debug("Using the bearer token in %s", cache.path)
        self.token = token
        return True

    def _keep_old_token(self, error: HtcException, rejected: str | None) -> None:
        """Keep using the old token after a failed renewal, while it is valid.

        Raises:
            HtcException: It is not valid, or the credentials are not accepted.
        """
        token, now = self.token, self._timing.clock()
        if token is None or token.value == rejected or token.expires_at <= now:
            raise error
        if isinstance(error, HtcUnauthorizedError):
            raise error
        logger.warning("The bearer token could not be renewed; still using the old one: %s", error)
        token.renew_at = min(now + _RETRY_RENEWAL_SECONDS, token.expires_at)
