"""Finds the credentials of a session.

The order is that of 1.1.0, so that an upgrade never changes which account a script uses and bills; what 1.1.0
did not read comes last:

1. the ``api_key`` argument, a key or a function that returns one; nothing else is consulted, and no file is read
   or written;
2. ``RESCALE_HTC_REFRESH_TOKEN``, a refresh token;
3. the key file of the workspace, ``<config folder>/<workspace>/rescale_api_token.txt``;
4. ``RESCALE_API_TOKEN``, an API key;
5. ``RESCALE_HTC_BEARER_TOKEN``, which every job has. It comes last, because it cannot be renewed and
   anyone who puts one of the others into a job means it.

One thing differs: in 1.1.0 a refresh token in the environment silently won over an ``api_key`` argument.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from .._utils.headers import is_header_token
from ..exceptions import HtcAuthenticationError, HtcConfigurationError, HtcException

logger = logging.getLogger("rescalehtc")

REFRESH_VARIABLE = "RESCALE_HTC_REFRESH_TOKEN"
KEY_VARIABLE = "RESCALE_API_TOKEN"
BEARER_VARIABLE = "RESCALE_HTC_BEARER_TOKEN"
KEY_FILE = "rescale_api_token.txt"

KeySource: TypeAlias = Callable[[], str] | Callable[[], Awaitable[str]]
Kind: TypeAlias = Literal["key", "refresh", "bearer"]

# Looks like an API key or a token, not like the name of a workspace; may include a line break, quotes or the scheme.
_KEY_LIKE = re.compile(r"(?=[\w.=+/-]*\d)[\w.=+/-]{30,}", re.ASCII)

_SCHEMES: dict[Kind, str] = {"key": "Token", "refresh": "Refresh", "bearer": "Bearer"}


@dataclass(slots=True)
class Credential:
    """The credentials of a session.

    Attributes:
        kind: An API key, a refresh token, or a bearer token that cannot be renewed.
        secret: The key or token itself.
        source: Where it was found, for messages.
        folder: Folder in which bearer tokens are shared with other processes, or None.
        key_function: The caller's function that returns the key; it is called before each use.
    """

    kind: Kind
    secret: str = field(repr=False)
    source: str
    folder: Path | None = None
    key_function: KeySource | None = field(default=None, repr=False)

    @contextlib.contextmanager
    def key_function_errors(self) -> Generator[None]:
        """If the caller's function fails, raise an exception that names it.

        Raises:
            HtcAuthenticationError: The function failed.
        """
        try:
            yield
        except HtcException:
            raise
        except Exception as error:
            # Its text may hold a secret, so it is chained, not repeated.
            raise HtcAuthenticationError(
                f"There is no API key: {self.source} raised {type(error).__name__}."
            ) from error

    def replace_key(self, key: object) -> None:
        """Use the key that the caller's function returned.

        Raises:
            HtcConfigurationError: It is not a string.
        """
        if not isinstance(key, str):
            raise HtcConfigurationError(f"The result of {self.source} must be a string, not {type(key).__name__}.")
        self.secret = _checked("key", key, self.source).secret

    @property
    def header(self) -> str:
        """Value of the Authorization header."""
        return f"{_SCHEMES[self.kind]} {self.secret}"

    @property
    def renewable(self) -> bool:
        """Whether it can be exchanged for bearer tokens."""
        return self.kind != "bearer"


def find(
    workspace: str, folder: Path, api_key: str | KeySource | None, environ: Mapping[str, str], *, explicit: bool
) -> Credential:
    """The credentials of a session, in the order given above.

    Args:
        workspace: Name of the workspace.
        folder: The config folder.
        api_key: The argument of the session.
        environ: The environment variables.
        explicit: Whether the caller named a workspace other than the default one.

    Raises:
        HtcAuthenticationError: There are none; the message says what to do.
        HtcConfigurationError: The first credentials found cannot be used.
    """
    if callable(api_key):
        return Credential("key", "", f"the api_key function {_name(api_key)}", key_function=api_key)
    if api_key is not None:
        return _checked("key", api_key, "the api_key argument")
    _refuse_key(workspace, folder)
    if workspace in ("", ".", "..") or set(workspace) & set("/\\") or not workspace.isprintable():
        raise HtcConfigurationError(f"workspace must be the name of a folder, not {workspace!r}.")
    home = folder / workspace
    if environ.get(REFRESH_VARIABLE):
        return _checked("refresh", environ[REFRESH_VARIABLE], f"environment variable {REFRESH_VARIABLE}", home)
    path = home / KEY_FILE
    if (key := _read_key(path)) is not None:
        return _checked("key", key, f"file {path}", home)
    last: tuple[tuple[Kind, str], ...] = (("key", KEY_VARIABLE), ("bearer", BEARER_VARIABLE))
    for kind, variable in last:
        if environ.get(variable):
            if explicit:
                logger.warning("No key file for workspace %r; using environment variable %s.", workspace, variable)
            return _checked(kind, environ[variable], f"environment variable {variable}")
    raise HtcAuthenticationError(
        "No credentials for the Rescale HTC API were found. Run `rauthenticate`, which asks for your API key and keeps "
        f"it in {path}, or set {KEY_VARIABLE} to it, or pass api_key=.... Also looked for: {REFRESH_VARIABLE}, and "
        f"inside a job {BEARER_VARIABLE}."
    )


def _name(function: Callable[..., object]) -> str:
    return getattr(function, "__qualname__", type(function).__name__)


def _refuse_key(workspace: object, folder: Path) -> None:
    """Make sure that the first argument is not an API key: later messages would reveal it.

    Raises:
        HtcConfigurationError: It looks like one, or is not a string.
    """
    if not isinstance(workspace, str):
        raise HtcConfigurationError(f"workspace must be the name of a folder, not {type(workspace).__name__}.")
    # The method of pathlib raises for a name that is too long, and shows it.
    if _KEY_LIKE.search(workspace) and not os.path.exists(folder / workspace):  # noqa: PTH110
        raise HtcConfigurationError(
            "The first argument, workspace, looks like an API key. Pass a key as api_key=...; "
            "workspace is the name of a folder in the config folder."
        )


def _read_key(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except UnicodeDecodeError:
        reason = "it is not text"
    # Outside the handlers: the codec's exception holds the content of the file.
    raise HtcConfigurationError(f"The key file {path} cannot be read: {reason}.")


def _checked(kind: Kind, secret: str, source: str, folder: Path | None = None) -> Credential:
    if not isinstance(secret, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise HtcConfigurationError(f"{source} must be a string or a function, not {type(secret).__name__}.")
    secret = secret.strip()
    # Anything else would end up as an "illegal header value" error that shows the secret.
    if not is_header_token(secret):
        found = "is empty" if not secret else "contains characters that a key never has (white space or non-ASCII)"
        raise HtcConfigurationError(f"The key or token in {source} {found}. Copy it again as a single line.")
    return Credential(kind, secret, source, folder)
