"""The command ``rauthenticate``: checks an API key and stores it for later sessions."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from rescalehtc_generated.models.htc_token_payload import HTCTokenPayload

from . import api
from ._auth.config_folder import config_folder
from ._auth.credentials import BEARER_VARIABLE, KEY_FILE, KEY_VARIABLE, REFRESH_VARIABLE
from ._utils.files import replacing
from ._utils.wire import WireNames
from .exceptions import HtcException, HtcUnauthorizedError
from .htcsession import HtcSession

__all__ = ["main"]

_CLAIMS = WireNames(HTCTokenPayload)

DEFAULT = "default"
# Names with a dot were left behind by a program that was killed while writing.
_TOKEN_FILES = ("rescale_bearer_token*", ".rescale_bearer_token*", f".{KEY_FILE}.*")


class _Failure(Exception):
    """Ends the command with a message and the exit status 1."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Command line without the program's name; None for that of the process.

    Returns:
        Exit status: 0 when all is well, 1 otherwise.
    """
    options = _parser().parse_args(arguments)
    folder = config_folder(options.config_folder)
    try:
        if options.status:
            _status(folder, options.workspace or DEFAULT)
        elif options.logout:
            _logout(folder, options.workspace or DEFAULT)
        else:
            _log_in(folder, options.workspace, options.interactive)
    except (_Failure, HtcException) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Error: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\nNothing was changed.", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rauthenticate",
        description="Check a Rescale HTC API key and store it for later sessions.",
        epilog=f"Without --interactive the key is taken from {KEY_VARIABLE}. If that is not set, the stored key, "
        f"or {REFRESH_VARIABLE}, is checked. If there is none of these, the command asks for the key on a terminal.",
    )
    parser.add_argument("-i", "--interactive", action="store_true", help="ask for the key; it is not shown")
    parser.add_argument("--workspace", metavar="NAME", help="accept only a key for this workspace; with --status and "
                        "--logout, the workspace to use (default: the default workspace)")  # fmt: skip
    parser.add_argument("--config-folder", metavar="PATH", help="folder for the keys (default: ~/.config/rescalehtc)")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--status", action="store_true", help="show which keys are stored, and check the one in use")
    action.add_argument("--logout", action="store_true", help="remove the stored key and tokens of a workspace")
    return parser


def _log_in(folder: Path, workspace: str | None, interactive: bool) -> None:
    home = _home(folder, workspace or DEFAULT)
    old = f"API key in {home / KEY_FILE}" if (home / KEY_FILE).is_file() else None
    if old is None and os.environ.get(REFRESH_VARIABLE):
        old = f"environment variable {REFRESH_VARIABLE}"
    key = _new_key(interactive, old)
    if key is not None:
        name = _check_key(key, workspace)
        print(f"The API key belongs to the workspace {name}, which becomes the default workspace.")
        for path in _store_key(folder, name, key):
            print(f"Wrote {path}")
    else:
        print(f"Using the {old}")
        _remove_tokens(home)
    _print_identity(folder, workspace or DEFAULT)
    print("All OK.")


def _new_key(interactive: bool, old: str | None) -> str | None:
    """The key to store; None to check the existing credentials."""
    variable = os.environ.get(KEY_VARIABLE, "").strip()
    if interactive or (not variable and old is None and sys.stdin.isatty()):
        prompt = "API key (from your user settings on the Rescale platform; it is not shown): "
        # A pipe has nothing to hide, and getpass would complain about it.
        key = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
        if not key.strip():
            raise _Failure("You entered no key; nothing was changed.")
        return key.strip()
    if variable:
        print(f"Using the environment variable {KEY_VARIABLE}")
    elif old is None:
        raise _Failure(f"There is no API key. Use --interactive, or set {KEY_VARIABLE}.")
    return variable or None


def _check_key(key: str, expected: str | None) -> str:
    """Name of the workspace that a key belongs to. Nothing has been written yet."""
    with HtcSession(api_key=key) as session:
        try:
            who = api.get_auth_whoami(session, f"Token {key}")
        except HtcUnauthorizedError:
            raise _Failure("The service does not accept this API key; nothing was changed.") from None
    name = who.user.workspace.name if who.user and who.user.workspace else None
    if not name:
        raise _Failure("The service does not say which workspace the key belongs to; nothing was changed.")
    if expected is not None and name != expected:
        raise _Failure(f"The API key belongs to the workspace {name}, not to {expected}; nothing was changed.")
    return name


def _home(folder: Path, workspace: str) -> Path:
    # The name comes from the service or the command line and must stay below the folder.
    if workspace in ("", ".", "..") or set(workspace) & set("/\\\0"):
        raise _Failure(f"{workspace!r} cannot be the name of a folder for the key.")
    return folder / workspace


def _store_key(folder: Path, name: str, key: str) -> list[Path]:
    home = _home(folder, name)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    homes = [home]
    if name != DEFAULT and not _link_default(folder, name):
        homes.append(folder / DEFAULT)
    written: list[Path] = []
    for place in homes:
        place.chmod(0o700)
        with replacing(place / KEY_FILE, mode=0o600) as file:
            file.write(key.encode())
        _remove_tokens(place)
        written.append(place / KEY_FILE)
    return written


def _link_default(folder: Path, name: str) -> bool:
    """Make ``default`` a link to the workspace; False if it is a real folder."""
    folder.chmod(0o700)
    default = folder / DEFAULT
    if default.is_symlink():
        default.unlink()
    if not default.exists():
        try:
            default.symlink_to(name, target_is_directory=True)
        except OSError:
            # Windows lets only some users make links.
            default.mkdir(mode=0o700)
    return default.is_symlink()


def _remove_tokens(home: Path) -> list[Path]:
    """Remove the bearer tokens of the former key."""
    found = [path for pattern in _TOKEN_FILES for path in home.glob(pattern) if path.is_symlink() or not path.is_dir()]
    for path in found:
        path.unlink(missing_ok=True)
    return found


def _print_identity(folder: Path, workspace: str) -> None:
    with HtcSession(workspace, folder) as session:
        who = api.get_auth_token_whoami(session)
    # The service documents a string that may hold JSON, and sends an object.
    claims = _claims(who) if isinstance(who, str) else who.to_dict()
    name, email, organization, workspace_name, workspace_id = (
        claims.get(field)
        for field in (
            _CLAIMS.user_full_name,
            _CLAIMS.user_email,
            _CLAIMS.organization_code,
            _CLAIMS.workspace_name,
            _CLAIMS.workspace_id,
        )
    )
    print(f"You are {name} ({email}), in organization {organization}, on workspace {workspace_name} ({workspace_id})")


def _claims(text: str) -> dict[str, Any]:
    try:
        value: object = json.loads(text)
    except ValueError:
        value = None
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _status(folder: Path, workspace: str) -> None:
    homes = sorted(path for path in folder.glob("*") if (path / KEY_FILE).is_file() and not path.is_symlink())
    chosen = folder / DEFAULT
    for home in homes:
        mark = " (default)" if chosen.exists() and home.samefile(chosen) else ""
        mode = (home / KEY_FILE).stat().st_mode & 0o077
        warning = "  WARNING: other users can read it" if mode and os.name != "nt" else ""
        print(f"{home.name}{mark}: {home / KEY_FILE}{warning}")
    if not homes:
        print(f"No API key is stored in {folder}")
    for variable in (REFRESH_VARIABLE, KEY_VARIABLE, BEARER_VARIABLE):
        if variable in os.environ:
            print(f"The environment variable {variable} is set")
    _home(folder, workspace)
    _print_identity(folder, workspace)


def _logout(folder: Path, workspace: str) -> None:
    home = _home(folder, workspace)
    default = folder / DEFAULT
    target = home.resolve()
    removed = _remove_tokens(target) if target.is_dir() else []
    if (target / KEY_FILE).is_file():
        (target / KEY_FILE).unlink()
        removed.append(target / KEY_FILE)
    if default.is_symlink() and default.resolve() == target:
        default.unlink()
        removed.append(default)
    if target.is_dir() and not any(target.iterdir()):
        shutil.rmtree(target)
    for path in removed:
        print(f"Removed {path}")
    print("The API key itself stays valid: revoke it on the Rescale platform." if removed else "Nothing to remove.")
