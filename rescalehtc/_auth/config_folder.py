"""The folder in which keys and bearer tokens are kept."""

from __future__ import annotations

import os
from pathlib import Path

from ..exceptions import HtcConfigurationError

DEFAULT_CONFIG_FOLDER = "~/.config/rescalehtc"


def config_folder(override: str | os.PathLike[str] | None) -> Path:
    """The folder that holds a folder per workspace.

    Raises:
        HtcConfigurationError: It is in a home folder that cannot be found.
    """
    if not isinstance(override, str | os.PathLike | None):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise HtcConfigurationError(
            f"config_folder_override must be the path of a folder, not {type(override).__name__}."
        )
    folder = Path(override or DEFAULT_CONFIG_FOLDER)
    try:
        return folder.expanduser()
    except RuntimeError as error:
        raise HtcConfigurationError(
            f"The config folder {folder} cannot be found: {error} Set HOME, or pass config_folder_override or api_key."
        ) from error
