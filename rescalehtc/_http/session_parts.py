"""What sync and async sessions have in common: everything that does no I/O."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from typing import Any, NoReturn

from .._auth.credentials import Credential, find
from .._auth.token import Token
from .settings import Settings, config_folder


class SessionParts:
    """Arguments, credentials and description of a session.

    Attributes:
        workspace: Name of the workspace whose key file is used.
        CONFIG_FOLDER: Folder that holds a folder per workspace.
        RESCALE_API_BASE_URL: Base URL, without a slash at its end.
        settings: Base URL, timeouts and retries.
    """

    def __init__(
        self,
        workspace: str,
        config_folder_override: str | os.PathLike[str] | None,
        api_key: str | None,
        settings: Settings,
    ) -> None:
        folder = config_folder(config_folder_override)
        self._credential: Credential = find(workspace, folder, api_key, os.environ, explicit=workspace != "default")
        self.workspace = workspace
        self.CONFIG_FOLDER = str(folder)
        self.RESCALE_API_BASE_URL = settings.base_url
        self.settings = settings

    @property
    def closed(self) -> bool:
        """Whether the session was closed."""
        raise NotImplementedError

    @property
    def bearer_expiry(self) -> datetime | None:
        """When the bearer token in use expires, in UTC; None if that is not known, or no token was fetched yet."""
        token = self._current_token
        with contextlib.suppress(ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(token.expires_at, UTC) if token else None
        return None

    @property
    def _current_token(self) -> Token | None:
        raise NotImplementedError

    def __repr__(self) -> str:
        state = ", closed" if self.closed else ""
        return f"<{type(self).__name__} {self.RESCALE_API_BASE_URL}, credentials from {self._credential.source}{state}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"A {type(self).__name__} cannot be copied or pickled: it holds connections and credentials. "
            "Create one in each process."
        )

    def __copy__(self) -> NoReturn:
        self.__reduce__()

    def __deepcopy__(self, memo: dict[int, Any]) -> NoReturn:
        self.__reduce__()
