"""How a call is made, from credentials to decoded answer, without any I/O.

The generators here say what shall be done; :class:`~rescalehtc.HtcSession` and :class:`~rescalehtc.AsyncHtcSession`
do it, each in its own way. Whatever is decided, is decided here, so the two cannot differ.
"""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import unquote

from rescalehtc_generated.api.token import get_auth_token
from rescalehtc_generated.client import Call

from ._credentials import Credential
from ._effects import Effect, Failure, Renew, Reply, Send, Sleep, Steps
from ._errors import Place, answered, is_html, paging, unanswered, undecodable
from ._file_lock import FileLock
from ._settings import Settings, locate
from ._token import Token, renewal_time, stated_expiry
from ._token_cache import TokenCache
from ._version import USER_AGENT
from .exceptions import HtcConfigurationError, HtcDecodeError, HtcException, HtcPayloadError, HtcUnauthorizedError

logger = logging.getLogger("rescalehtc")

T = TypeVar("T")

_LOCK_PATIENCE = 30.0
_LOCK_PAUSE = 0.05
_PAUSE_AFTER_FAILED_RENEWAL = 30.0


class Core:
    """State and decisions of one session.

    Attributes:
        settings: Where to call, and how patiently.
        credential: What bearer tokens are had for.
        token: The bearer token in use, None before the first one.
        prepare: Turns headers into the form that the transport sends fastest.
    """

    def __init__(
        self,
        settings: Settings,
        credential: Credential,
        *,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.settings = settings
        self.credential = credential
        self.token: Token | None = None
        self.prepare: Callable[[Mapping[str, str]], Mapping[str, str]] = dict
        self._clock, self._monotonic, self._jitter = clock, monotonic, jitter
        self._cache: TokenCache | None = None
        if credential.folder is not None:
            self._cache = TokenCache(credential.folder, credential, settings.base_url)
        if not credential.renewable:
            # The token of a job: used as it is, for as long as the service takes it.
            self.token = Token(credential.secret, stated_expiry(credential.secret))

    def exchange(self, call: Call[T]) -> Steps[T]:
        """Make a call: authorize, send, repeat what may be repeated, decode.

        Raises:
            HtcRequestError: It failed; the subclass says how.
            HtcDecodeError: The answer is not what the route promises.
        """
        route = call.route
        ours = route.authorization == "bearer" and call.authorization is None
        url = self._url(call)
        attempt, renewed, first_failure = 0, False, math.inf
        while True:
            token = self.token if ours else None
            if ours and (token is None or token.renew_at <= self._clock()):
                yield from _before_sending(Renew(None))
                token = self.token
            attempt += 1
            outcome: Reply | Failure = yield Send(route.method, url, self._headers(call, token), call.body)
            if isinstance(outcome, Reply):
                if 200 <= outcome.status < 300:
                    return self._decode(call, outcome)
                if outcome.status == 401 and token is not None and token.renewable and not renewed:
                    # The service refused to look at the request, so even a POST may be sent again.
                    renewed = True
                    attempt -= 1
                    yield from _before_sending(Renew(token.value))
                    continue
            now = self._monotonic()
            first_failure = min(first_failure, now)
            delay = self.settings.policy.delay(
                route.method,
                outcome,
                attempt=attempt,
                elapsed=now - first_failure,
                now=self._clock(),
                jitter=self._jitter,
            )
            if delay is None:
                raise self._error(call, outcome, attempt)
            logger.debug("%s %s: attempt %d failed, next in %.1f s", route.method, route.path, attempt, delay)
            yield Sleep(delay)

    def renewal(self, rejected: str | None) -> Steps[None]:
        """Get a bearer token unless there is a usable one by now. One at a time, see :class:`Renew`.

        Raises:
            HtcUnauthorizedError: The key or refresh token is not accepted.
            HtcException: The service cannot be reached, and there is no token to go on with.
        """
        if not self.credential.renewable or self._is_usable(self.token, rejected):
            return
        cache = self._cache
        lock = yield from self._file_lock(cache) if cache else _nothing()
        try:
            if cache and self._adopt(cache, rejected):
                return
            try:
                token = yield from self._fetch()
            except HtcException as error:
                self._go_on_after(error, rejected)
                return
            self.token = token
            if cache and math.isfinite(token.expires_at):
                cache.write(token.value, token.expires_at, token.expires_at - self._clock())
        finally:
            if lock:
                lock.release()

    def fresh_token(self, *, force: bool = False) -> Steps[Token]:
        """The token in use, renewed where it is due, or in any case with ``force``."""
        token = self.token
        if token is None or force or token.renew_at <= self._clock():
            yield Renew(token.value if token and force else None)
        if self.token is None:
            raise HtcException("The session has no bearer token.")
        return self.token

    def follow(self, call: Call[Any], url: str) -> str:
        """The URL of a listing's next page, checked to be one of ours.

        Raises:
            HtcPagingError: It is not; it was not called.
        """
        if url.startswith("/") and not url.startswith("//"):
            url = self.settings.origin + url
        location = locate(url)
        if location is None or location.origin != self.settings.origin:
            raise paging(
                self._place(call),
                f"the next page is said to be on another host than {self.settings.origin}. It was not called, "
                "because the credentials would have left.",
            )
        # Rebuilt from our own origin: whoever parses it later cannot see another host in it.
        return self.settings.origin + location.rest

    def repeated(self, call: Call[Any]) -> HtcException:
        """The exception for a listing that leads back to a page it had before."""
        return paging(self._place(call), "the listing leads back to a page that was already read, so it has no end.")

    def _url(self, call: Call[Any]) -> str:
        if call.target.startswith("/"):
            return self.settings.base_url + call.target
        return self.follow(call, call.target)

    def _headers(self, call: Call[Any], token: Token | None) -> Mapping[str, str]:
        route = call.route
        if token is not None and call.body is None and not call.headers:
            ready = token.headers.get(route.accept)
            if ready is None:
                ready = token.headers[route.accept] = self.prepare(self._plain_headers(call, token))
            return ready
        return self.prepare(self._plain_headers(call, token))

    def _plain_headers(self, call: Call[Any], token: Token | None) -> dict[str, str]:
        headers = {
            "accept": call.route.accept or "*/*",
            "accept-encoding": "gzip, deflate",
            "user-agent": USER_AGENT,
        }
        authorization = self._authorization(call, token)
        if authorization is not None:
            headers["authorization"] = authorization
        if call.body is not None:
            headers["content-type"] = "application/json"
        for name, value in call.headers.items():
            if not value.isascii() or not value.isprintable():
                raise HtcPayloadError(f"The header {name} takes printable ASCII only.")
            headers[name.lower()] = value
        return headers

    def _authorization(self, call: Call[Any], token: Token | None) -> str | None:
        if call.authorization is not None:
            value = call.authorization.strip()
            if not value.isascii() or not value.isprintable():
                raise HtcConfigurationError(
                    "The authorization header holds characters that no key has. Copy the key anew, as one line."
                )
            return value
        if token is not None:
            return f"Bearer {token.value}"
        if call.route.authorization == "key":
            if not self.credential.renewable:
                raise self._place(call).mark(
                    HtcConfigurationError(
                        f"{call.route.method} {call.route.path} takes an API key or a refresh token, and this session "
                        f"has only the bearer token from {self.credential.source}."
                    )
                )
            return self.credential.header
        return None

    def _decode(self, call: Call[T], reply: Reply) -> T:
        route, content = call.route, reply.content
        if route.accept == "text/plain" and is_html(reply.headers.get("content-type", ""), content):
            raise undecodable(self._place(call), reply.status, "it is an HTML page, probably from a gateway")
        try:
            return route.decode(content)
        except HtcDecodeError as error:
            raise undecodable(self._place(call), reply.status, str(error)) from None
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            detail = f"its content does not fit ({type(error).__name__})"
            raise undecodable(self._place(call), reply.status, detail) from error

    def _error(self, call: Call[Any], outcome: Reply | Failure, attempts: int) -> HtcException:
        place = self._place(call)
        if isinstance(outcome, Failure):
            return unanswered(place, outcome, attempts)
        return answered(place, outcome, attempts, self._clock())

    def _place(self, call: Call[Any]) -> Place:
        path = call.target.removeprefix(self.settings.base_url).partition("?")[0]
        secrets = [self.credential.secret]
        source = self.credential.source
        if not self.credential.renewable:
            source += ", which cannot be renewed"
        if self.token is not None:
            secrets.append(self.token.value)
        if call.authorization:
            secrets += [call.authorization, call.authorization.rpartition(" ")[2]]
            source = "the authorization_header argument"
        # The longest first: a short one inside a long one would leave the rest of it standing.
        secrets = sorted({secret for secret in secrets if len(secret) > 3}, key=len, reverse=True)
        return Place(call.route, unquote(path), tuple(secrets), source)

    def _is_usable(self, token: Token | None, rejected: str | None) -> bool:
        return token is not None and token.value != rejected and token.renew_at > self._clock()

    def _file_lock(self, cache: TokenCache) -> Steps[FileLock | None]:
        """Waits for the lock between processes, but not for ever: without it there is one more token."""
        give_up = self._monotonic() + _LOCK_PATIENCE
        try:
            while (lock := cache.try_lock()) is None and self._monotonic() < give_up:
                yield Sleep(_LOCK_PAUSE)
        except OSError as error:
            logger.debug("No lock beside %s: %s", cache.path, error.strerror)
            return None
        return lock

    def _adopt(self, cache: TokenCache, rejected: str | None) -> bool:
        found = cache.read()
        if found is None:
            return False
        renew_at = renewal_time(found.expires_at, found.lifetime, self._jitter)
        token = Token(found.value, found.expires_at, renew_at, renewable=True)
        if not self._is_usable(token, rejected):
            return False
        logger.debug("Using the bearer token in %s", cache.path)
        self.token = token
        return True

    def _fetch(self) -> Steps[Token]:
        logger.debug("Fetching a bearer token with the credentials from %s", self.credential.source)
        call = get_auth_token.call()
        answer = yield from self.exchange(call)
        # The models read whatever comes, so the types promise less than they say.
        value: Any = answer.token_value
        lifetime: Any = answer.expires_in
        if not isinstance(value, str) or not value or not value.isascii() or not value.isprintable():
            raise undecodable(self._place(call), 200, "it holds no bearer token")
        if isinstance(lifetime, int | float) and math.isfinite(lifetime):
            # Counted from now rather than read from the token: the clock here need not be that of the service.
            expires_at = self._clock() + float(lifetime)
            return Token(value, expires_at, renewal_time(expires_at, float(lifetime), self._jitter), renewable=True)
        expires_at = stated_expiry(value)
        return Token(value, expires_at, renewal_time(expires_at, None, self._jitter), renewable=True)

    def _go_on_after(self, error: HtcException, rejected: str | None) -> None:
        """After a failed renewal, the old token serves on as long as it lives.

        Raises:
            HtcException: It does not.
        """
        token = self.token
        now = self._clock()
        if token is None or token.value == rejected or token.expires_at <= now:
            raise error
        if isinstance(error, HtcUnauthorizedError):
            raise error
        logger.warning("The bearer token could not be renewed, the old one serves on for now: %s", error)
        token.renew_at = min(now + _PAUSE_AFTER_FAILED_RENEWAL, token.expires_at)


def _before_sending(effect: Effect) -> Steps[None]:
    """Do something without which the request is not sent."""
    try:
        yield effect
    except HtcException as error:
        error.maybe_received = False
        raise


def _nothing() -> Steps[None]:
    return
    yield
