"""What sync and async sessions have in common: everything that does no I/O."""

from __future__ import annotations

import contextlib
import copy
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from .._auth.callbacks import refuse_async
from .._auth.config_folder import DEFAULT_CONFIG_FOLDER, config_folder
from .._auth.credentials import Credential, KeySource, find
from .._auth.token import Token
from .._utils import fork
from ..exceptions import HtcConfigurationError
from .observing import Observer, checked_observer, set_up_logging
from .settings import Settings, default_base_url

# Not Self: jedi takes it for the class that it is written in, and would complete few methods of a view.
P = TypeVar("P", bound="SessionParts")


class SessionParts:
    """Arguments, credentials and description of a session.

    Attributes:
        workspace: Name of the workspace whose key file is used.
        CONFIG_FOLDER: Folder that holds a folder per workspace.
        settings: Base URL, timeouts and retries.
    """

    _session_kind = "sync"
    _runtime: Any
    _made_exchange: Any = None

    def __init__(
        self,
        workspace: str,
        config_folder_override: str | os.PathLike[str] | None,
        api_key: str | KeySource | None,
        http_client: object | None,
        observer: Observer | None,
        options: Mapping[str, Any],
    ) -> None:
        set_up_logging()
        if options["base_url"] is None and type(self).get_rescale_api_base_url is not _default_base_url:
            options = {**options, "base_url": type(self).get_rescale_api_base_url()}
        self.settings: Settings = Settings.read(**options)
        try:
            folder = config_folder(type(self).get_config_folder(config_folder_override))
        except HtcConfigurationError:
            if api_key is None or not isinstance(config_folder_override, str | os.PathLike | None):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise
            folder = Path(config_folder_override or DEFAULT_CONFIG_FOLDER)  # with a key, no file is read
        if self._session_kind == "sync":
            refuse_async(api_key, "api_key")
        explicit = workspace != "default"
        self._credential: Credential = find(workspace, folder, api_key, os.environ, explicit=explicit)
        self._observer = checked_observer(observer, may_wait=self._session_kind == "async")
        self._has_own_client = http_client is not None
        self._has_key_argument = isinstance(api_key, str)
        self.workspace = workspace
        self.CONFIG_FOLDER = os.fspath(folder)

    @property
    def _exchange(self) -> Any:
        """Makes the calls. Created for the first one, so that programs do not wait earlier for what it imports."""
        if self._made_exchange is None:
            with fork.delayed():
                self._made_exchange = self._made_exchange or self._make_exchange()
        return self._made_exchange

    def _make_exchange(self) -> Any:
        raise NotImplementedError

    @property
    def RESCALE_API_BASE_URL(self) -> str:
        """Base URL, without a slash at its end."""
        return self.settings.base_url

    @staticmethod
    def get_rescale_api_base_url() -> str:
        """The base URL of sessions that are created without one. You may override this.

        Raises:
            HtcConfigurationError: ``RESCALE_HTC_API_URL`` is set, but empty.
        """
        return default_base_url(os.environ)

    @staticmethod
    def get_config_folder(config_folder_override: str | os.PathLike[str] | None = None) -> str:
        """The folder that holds a folder per workspace. You may override this."""
        return str(config_folder(config_folder_override))

    def with_options(
        self: P,
        *,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int | None = None,
        retry_deadline: float | None = None,
        headers: Mapping[str, str] | None = None,
        user_agent: str | None = None,
        observer: Observer | None = None,
    ) -> P:
        """This session with other options, for one call or many.

        The result is a light view: it shares connections, bearer token and closing with this session, and renewals of
        the token keep the options of this session. What you omit stays unchanged; headers are added::

            api.get_htc_projects(session.with_options(timeout=5, max_retries=0))

        Args:
            timeout: Seconds to wait for the response, and for each further part of it.
            connect_timeout: Seconds to wait for a connection.
            max_retries: How often a failed request is repeated.
            retry_deadline: Seconds after the first failure at which repeating ends.
            headers: Further headers.
            user_agent: Name and version of your application, to be appended to the User-Agent header.
            observer: Function to call after every attempt, instead of the one of this session.

        Raises:
            HtcConfigurationError: An argument cannot be used.
        """
        view = copy.copy(self)
        view.settings = self.settings.with_options(
            timeout=timeout,
            connect_timeout=connect_timeout,
            max_retries=max_retries,
            retry_deadline=retry_deadline,
            headers=headers,
            user_agent=user_agent,
        )
        if observer is not None:
            view._observer = checked_observer(observer, may_wait=self._session_kind == "async")
        view._made_exchange = self._exchange.with_options(view.settings, view._observer)
        return view

    @property
    def api_key(self) -> str | None:
        """The API key that was passed to the session, None if it came from elsewhere. A secret."""
        return self._credential.secret if self._has_key_argument else None

    @property
    def closed(self) -> bool:
        """Whether the session was closed."""
        return self._runtime.closed

    @property
    def bearer_expiry(self) -> datetime | None:
        """When the bearer token in use expires, in UTC; None if that is not known, or no token was fetched yet."""
        token: Token | None = self._exchange.tokens.token
        with contextlib.suppress(ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(token.expires_at, UTC) if token else None
        return None

    def __repr__(self) -> str:
        state = ", closed" if self.closed else ""
        return f"<{type(self).__name__} {self.RESCALE_API_BASE_URL}, credentials from {self._credential.source}{state}>"

    def __copy__(self) -> Self:
        twin = object.__new__(type(self))
        _ = self._exchange  # which both share
        vars(twin).update(vars(self))
        return twin

    def __getstate__(self) -> dict[str, Any]:
        """How the session was created. The copy looks for credentials where it is unpickled.

        Raises:
            HtcConfigurationError: The session was given a key, which must not be stored, or a client.
        """
        name = type(self).__name__
        if self._has_key_argument:
            raise HtcConfigurationError(
                f"This {name} cannot be copied or pickled, because its API key was passed as an argument and would "
                "be stored with it. Pass api_key a function defined in a module, let the copy find the key in a "
                "file or environment variable, or create a session in each process."
            )
        if "@" in (self.settings.proxy or ""):
            raise HtcConfigurationError(
                f"This {name} cannot be copied or pickled, because the password of its proxy would be stored with it. "
                "Name the proxy in the environment variable HTTPS_PROXY instead."
            )
        if self._has_own_client:
            raise HtcConfigurationError(
                f"This {name} cannot be copied or pickled, because it uses your http_client. Create a session with a "
                "client in each process."
            )
        arguments = {
            "workspace": self.workspace,
            "config_folder_override": self.CONFIG_FOLDER,
            "api_key": self._credential.key_function,
            "observer": self._observer,
            **self.settings.arguments,
        }
        own = {"settings", "workspace", "CONFIG_FOLDER"}
        added = {name: value for name, value in vars(self).items() if not name.startswith("_") and name not in own}
        return {"arguments": arguments, "added": added}

    def __setstate__(self, state: dict[str, Any]) -> None:
        _constructor(type(self))(self, **state["arguments"])
        vars(self).update(state["added"])


def _constructor(kind: type[SessionParts]) -> Any:
    """The constructor of this package's class; a subclass may take other arguments."""
    package = __name__.partition(".")[0]
    return next(base for base in kind.__mro__ if base.__module__.startswith(f"{package}.")).__init__


_default_base_url = SessionParts.get_rescale_api_base_url
