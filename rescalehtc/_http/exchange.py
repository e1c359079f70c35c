# Derived from rescalehtc/_http/aio/exchange.py by `make generate`. Do not edit.
"""Makes a call: authorize, send, retry what may be retried, decode."""

from __future__ import annotations

import copy
import logging
import math
from collections.abc import Callable
from typing import Any, TypeVar

from rescalehtc_generated.api.token import get_auth_token
from rescalehtc_generated.client import Call

from .._auth.credentials import Credential
from .._auth.token_manager import TokenManager
from .._utils.headers import is_header_token
from .._utils.model_list import as_model_list
from .._utils.timing import Timing
from ..exceptions import HtcException
from .attempt import Attempt
from .attempt_builder import describe
from .errors import decode_error, find_request_id, is_html, status_error, transport_error
from .messages import Failure, Request, Response
from .observing import Observer, log, traced
from .requests import RequestBuilder
from .responses import HttpResponse
from .retry import proves_refusal
from .runtime import Runtime
from .settings import Settings

logger = logging.getLogger("rescalehtc")

T = TypeVar("T")

_LONGEST_LIFETIME = 366 * 86_400.0


class Exchange:
    """Makes the calls of one session.

    Attributes:
        tokens: The session's bearer token.
        requests: Builds the requests.
        timing: Clocks and jitter.
    """

    def __init__(self, settings: Settings, credential: Credential, runtime: Runtime, observer: Observer | None) -> None:
        self.timing = Timing()
        self._settings, self._credential, self._runtime = settings, credential, runtime
        self._observer, self._transmit = observer, runtime.send
        self._responses: list[HttpResponse] | None = None
        self.requests = RequestBuilder(settings, credential, runtime.prepare)
        self.tokens = TokenManager(credential, settings.base_url, self._fetch_token, runtime.pause, timing=self.timing)

    def with_options(self, settings: Settings, observer: Observer | None) -> Exchange:
        """The same exchange with other settings; connections and bearer token are shared."""
        view = copy.copy(self)
        view._settings, view._observer = settings, observer
        view.requests = RequestBuilder(settings, self._credential, self._runtime.prepare)
        return view

    def through(self, transmit: Callable[[Request], Response | Failure]) -> Exchange:
        """The same exchange with another way to send requests."""
        view = copy.copy(self)
        view._transmit = transmit
        return view

    def recording(self, responses: list[HttpResponse]) -> Exchange:
        """The same exchange; every successful response is also appended to a list."""
        view = copy.copy(self)
        view._responses = responses
        return view

    def send(self, call: Call[T]) -> T:
        """Make a call.

        Raises:
            HtcRequestError: It failed; the subclass says how.
            HtcDecodeError: The response is not what the route promises.
        """
        route, tokens, timing = call.route, self.tokens, self.timing
        needs_bearer = route.authorization == "bearer" and call.authorization is None
        if route.authorization == "key" and call.authorization is None and self._credential.key_function is not None:
            self._runtime.call_key_function(self._credential)
        url = self.requests.url(call)
        is_observed = self._observer is not None or logger.isEnabledFor(logging.INFO)
        attempt, has_renewed, first_failure, may_be_done = 0, False, math.inf, False
        while True:
            if needs_bearer and tokens.is_due:
                self._renew(None)
            token = tokens.token if needs_bearer else None
            attempt += 1
            started = timing.monotonic() if is_observed else 0.0
            try:
                request = self.requests.build(call, url, token)
                if is_observed:
                    request = traced(self._observer, request, route.path)
                outcome = self._transmit(request)
            except BaseException as error:
                if is_observed:
                    self._observe(call, error, attempt, started)
                raise
            if isinstance(outcome, Response):
                if 200 <= outcome.status < 300:
                    if is_observed:
                        self._observe(call, outcome, attempt, started)
                    if self._responses is not None:
                        self._record(outcome, self._responses)
                    return as_model_list(self.requests.decode(call, outcome, token))
                if outcome.status == 401 and token is not None and token.renewable and not has_renewed:
                    # The service refused to look at the request, so even a POST may be sent again.
                    has_renewed = True
                    if is_observed:
                        self._observe(call, outcome, attempt, started, next_delay=0.0)
                    attempt -= 1
                    self._renew(token.value)
                    continue
            now = timing.monotonic()
            first_failure = min(first_failure, now)
            delay = self._settings.policy.delay(
                route.method,
                outcome,
                attempt=attempt,
                elapsed=now - first_failure,
                now=timing.clock(),
                jitter=timing.jitter,
            )
            if is_observed:
                self._observe(call, outcome, attempt, started, delay)
            if may_be_done and route.method == "DELETE" and _is_gone(outcome):
                # An earlier attempt deleted it, and its response was lost.
                return route.decode(b"")
            if delay is None:
                raise self._error(call, outcome, attempt)
            may_be_done = may_be_done or not proves_refusal(outcome)
            self._runtime.pause(delay)

    def _renew(self, rejected: str | None) -> None:
        try:
            self.tokens.renew(rejected)
        except HtcException as error:
            error.maybe_received = False  # the call itself was not sent, or was refused
            raise

    def _fetch_token(self) -> tuple[str, float | None]:
        call = get_auth_token.call()
        granted = self.send(call)
        # The models accept anything, so a response may hold less than the types promise.
        value: Any = granted.token_value
        lifetime: Any = granted.expires_in
        if not isinstance(value, str) or not is_header_token(value):
            raise decode_error(self.requests.context(call, None), 200, "it holds no bearer token")
        if isinstance(lifetime, bool) or not isinstance(lifetime, int | float) or lifetime != lifetime:
            return value, None
        return value, float(max(0, min(lifetime, _LONGEST_LIFETIME)))

    def _observe(
        self,
        call: Call[Any],
        outcome: Response | Failure | BaseException,
        number: int,
        started: float,
        next_delay: float | None = None,
    ) -> None:
        context = self.requests.context(call, self.tokens.token)
        self.report(describe(context, outcome, number, self.timing.monotonic() - started, next_delay))

    def report(self, attempt: Attempt) -> None:
        """Report an attempt to the log and the observer."""
        log(attempt)
        if self._observer is not None:
            self._runtime.notify(self._observer, attempt)

    def _record(self, response: Response, responses: list[HttpResponse]) -> None:
        request_id = find_request_id(response.headers)
        responses.append(HttpResponse(response.status, dict(response.headers), request_id, response.content))

    def _error(self, call: Call[Any], outcome: Response | Failure, attempts: int) -> HtcException:
        context = self.requests.context(call, self.tokens.token)
        if isinstance(outcome, Failure):
            return transport_error(context, outcome, attempts)
        return status_error(context, outcome, attempts, self.timing.clock())


def _is_gone(outcome: Response | Failure) -> bool:
    if isinstance(outcome, Failure) or outcome.status not in (404, 410):
        return False
    # A web page comes from a gateway, which does not know what exists.
    return not is_html(outcome.headers.get("content-type", ""), outcome.content)
