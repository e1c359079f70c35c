"""What only a sync session has: threads that share it, and forks that inherit it."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any

from .._auth.callbacks import not_async
from .._auth.credentials import Credential
from .._utils import fork
from .attempt import Attempt
from .closing import closed_during, refuse_closed
from .messages import Failure, Request, Response
from .observing import Observer, log_observer_failure
from .settings import Settings

if TYPE_CHECKING:
    from .transports.client import ClientTransport
    from .transports.connections import Transport


class Runtime:
    """Connections, waiting and closing of a sync session.

    Attributes:
        closed: Whether the session was closed.
    """

    def __init__(self, settings: Settings, http_client: object | None) -> None:
        self.closed = False
        self._settings = settings
        self._transport: Transport | ClientTransport | None = None
        self._has_own_client = http_client is not None
        if http_client is not None:
            from .transports.client import ClientTransport

            self._transport = ClientTransport(http_client, settings)
        self._opening, self._wake = threading.RLock(), threading.Event()
        fork.register(self)

    def check_loop(self) -> None:
        """A sync session works in any thread."""

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that the transport sends fastest."""
        return self._open().prepare(headers)

    def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole response."""
        outcome = self._open().send(request)
        if self.closed and isinstance(outcome, Failure):
            raise closed_during("HtcSession", outcome)
        return outcome

    def stream(self, request: Request) -> Generator[Response | bytes]:
        """The head of the response, then its body as it arrives."""
        return self._open().stream(request)

    def call_key_function(self, credential: Credential) -> None:
        """Call the function that returns the key.

        Raises:
            HtcAuthenticationError: The function failed, or returned no key.
        """
        if (key_function := credential.key_function) is not None:
            with credential.key_function_errors():
                credential.replace_key(not_async(key_function(), "api_key"))

    def notify(self, observer: Observer, attempt: Attempt) -> None:
        """Call the observer."""
        try:
            not_async(observer(attempt), "observer")
        except Exception:
            log_observer_failure()

    def result_of(self, value: Any) -> Any:
        """The result of a function.

        Raises:
            HtcConfigurationError: It has to be awaited.
        """
        return not_async(value, "The function")

    def pause(self, seconds: float) -> None:
        """Wait for some seconds, or until the session is closed.

        Raises:
            HtcClosedError: The session was closed.
        """
        self._wake.wait(seconds)
        refuse_closed("HtcSession", self.closed)

    def close(self) -> None:
        """End all calls and pauses, and close the connections."""
        self.closed = True
        self._wake.set()
        with self._opening:
            transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()

    def reset_after_fork(self) -> None:
        """The connections are the parent's, and its other threads, which may hold locks, do not exist here."""
        self._opening, self._wake = threading.RLock(), threading.Event()
        if not self._has_own_client:
            # Kept alive: freeing it would close the parent's TLS connections.
            _transports_of_parent.append(self._transport)
            self._transport = None

    def _open(self) -> Transport | ClientTransport:
        transport = self._transport
        if transport is None:
            with fork.delayed(), self._opening:
                from .transports.connections import Transport

                transport = self._transport or Transport(self._settings)
                refuse_closed("HtcSession", self.closed)
                self._transport = transport
        return transport


_transports_of_parent: list[Any] = []
