"""What a sync and an async session have in common: everything that does no I/O."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from typing import Any, NoReturn

from ._core import Core
from ._credentials import find
from ._effects import Failure
from ._retry import proves_refusal
from ._settings import Settings, config_folder
from .exceptions import HtcClosedError


class SessionBase:
    """Arguments, credentials and description of a session.

    Attributes:
        workspace: Name of the workspace whose key file is used.
        CONFIG_FOLDER: Folder that holds a folder per workspace.
        RESCALE_API_BASE_URL: Base URL, without a slash at its end.
    """

    def __init__(
        self,
        workspace: str,
        config_folder_override: str | os.PathLike[str] | None,
        api_key: str | None,
        settings: Settings,
    ) -> None:
        folder = config_folder(config_folder_override)
        credential = find(workspace, folder, api_key, os.environ, explicit=workspace != "default")
        self.workspace = workspace
        self.CONFIG_FOLDER = str(folder)
        self.RESCALE_API_BASE_URL = settings.base_url
        self._core = Core(settings, credential)
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether the session was closed."""
        return self._closed

    @property
    def bearer_expiry(self) -> datetime | None:
        """End of the life of the bearer token in use, in UTC; None where it is not known, or not fetched yet."""
        token = self._core.token
        with contextlib.suppress(ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(token.expires_at, UTC) if token else None
        return None

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise HtcClosedError(f"This {type(self).__name__} was closed. Make a new one.")

    def _closed_during(self, failure: Failure) -> HtcClosedError:
        error = HtcClosedError(f"This {type(self).__name__} was closed while the call was under way.")
        error.maybe_received = not proves_refusal(failure)
        if error.maybe_received:
            error.args = (
                f"{error} The service may have carried it out: look at the state there before you repeat it.",
            )
        return error

    def __repr__(self) -> str:
        state = ", closed" if self._closed else ""
        source = self._core.credential.source
        return f"<{type(self).__name__} {self.RESCALE_API_BASE_URL}, credentials from {source}{state}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"A {type(self).__name__} cannot be copied or pickled: it holds connections and credentials. "
            "Make one in each process."
        )

    def __copy__(self) -> NoReturn:
        self.__reduce__()

    def __deepcopy__(self, memo: dict[int, Any]) -> NoReturn:
        self.__reduce__()
