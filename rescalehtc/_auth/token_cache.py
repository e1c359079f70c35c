"""Shares bearer tokens between processes, including those that still run version 1.1.0.

The file, ``rescale_bearer_token.json`` next to the key file, is what 1.1.0 reads and writes: ``tokenValue``,
``expiresIn`` in seconds and ``expiresAt`` as local time without a zone. We add fields that 1.1.0 ignores: the expiry
in UTC, and a salted fingerprint of base URL and credential. A file without them was written by 1.1.0, which knows one
base URL only; for any other base URL the file has another name, since 1.1.0 would send its token to the one it knows.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from rescalehtc_generated import SERVER_URL
from rescalehtc_generated.models.htc_token import HTCToken

from .._utils.file_lock import FileLock, try_lock
from .._utils.files import replacing
from .._utils.headers import is_header_token
from .._utils.wire import WireNames
from .credentials import Credential

_TOKEN = WireNames(HTCToken)
logger = logging.getLogger("rescalehtc")

_LONGEST_FILE = 1 << 20
_LONGEST_LIFETIME = 366 * 86_400


@dataclass(frozen=True, slots=True)
class CachedToken:
    """A bearer token as found in the file.

    Attributes:
        value: The token.
        expires_at: When it expires, in seconds since the epoch.
        lifetime: Its lifetime in seconds, or None if the file does not say.
    """

    value: str = field(repr=False)
    expires_at: float
    lifetime: float | None


class TokenCache:
    """The token file of one credential at one base URL.

    A problem with the file never raises: each process then fetches a token of its own.
    """

    def __init__(self, folder: Path, credential: Credential, base_url: str) -> None:
        self._folder = folder
        self._identity = f"{base_url}\n{credential.header}".encode()
        self._is_default = base_url == SERVER_URL
        mark = "" if self._is_default else f".{hashlib.sha256(base_url.encode()).hexdigest()[:16]}"
        self.path = folder / f"rescale_bearer_token{mark}.json"
        self._lock_path = folder / f"rescale_bearer_token{mark}.lock"

    def try_lock(self) -> FileLock | None:
        """The lock between processes if it is free; None if another process holds it.

        Raises:
            OSError: No lock can be made here.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return try_lock(self._lock_path)

    def read(self) -> CachedToken | None:
        """The token in the file, which may have expired; None if there is none for these credentials."""
        try:
            # Reading a FIFO in its place would block forever.
            if not self.path.is_file():
                return None
            with self.path.open("rb") as file:
                entry: object = json.loads(file.read(_LONGEST_FILE))
            # 1.1.0 writes in place: a truncated or empty file is being written.
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(entry, dict):
            return None
        entry = cast("dict[str, Any]", entry)
        value, expires_at = entry.get(_TOKEN.token_value), _expiry(entry)
        if not isinstance(value, str) or not is_header_token(value) or expires_at is None or not self._is_ours(entry):
            return None
        lifetime = entry.get(_TOKEN.expires_in)
        # isfinite() would fail for an integer that is too large for a float.
        is_usable = isinstance(lifetime, int | float) and abs(lifetime) <= _LONGEST_LIFETIME
        return CachedToken(value, expires_at, lifetime if is_usable else None)

    def write(self, value: str, expires_at: float, lifetime: float) -> None:
        """Replace the file in one step; only this user can read it."""
        salt = secrets.token_hex(16)
        try:
            entry = {
                _TOKEN.token_value: value,
                _TOKEN.expires_in: int(lifetime),
                "expiresAt": datetime.fromtimestamp(expires_at).isoformat(),
                "expiresAtUtc": datetime.fromtimestamp(expires_at, UTC).isoformat(),
                "credential": {"salt": salt, "fingerprint": self._fingerprint(salt)},
            }
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with replacing(self.path, mode=0o600) as file:
                file.write(json.dumps(entry).encode())
        except (OSError, ValueError, OverflowError) as error:  # the last two: a date beyond the calendar
            logger.warning("The bearer token cannot be stored in %s: %s", self.path, error)

    def _is_ours(self, entry: Mapping[str, Any]) -> bool:
        mark = entry.get("credential")
        if mark is None:
            return self._is_default
        if not isinstance(mark, dict):
            return False
        mark = cast("dict[str, Any]", mark)
        salt, fingerprint = mark.get("salt"), mark.get("fingerprint")
        if not isinstance(salt, str) or not isinstance(fingerprint, str):
            return False
        return hmac.compare_digest(fingerprint.encode(errors="replace"), self._fingerprint(salt).encode())

    def _fingerprint(self, salt: str) -> str:
        return hmac.new(salt.encode(errors="replace"), self._identity, hashlib.sha256).hexdigest()


def _expiry(entry: Mapping[str, Any]) -> float | None:
    for name in ("expiresAtUtc", "expiresAt"):
        text = entry.get(name)
        if isinstance(text, str):
            try:
                # Without a zone, timestamp() takes it for local time, which is what 1.1.0 means.
                return datetime.fromisoformat(text).timestamp()
            except (ValueError, OverflowError, OSError):
                continue
    return None
