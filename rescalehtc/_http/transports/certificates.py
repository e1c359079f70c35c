"""The certificate authorities that a session trusts."""

from __future__ import annotations

import re
import ssl
from pathlib import Path

import certifi

from ...exceptions import HtcConfigurationError
from ..settings import Settings


def trusted_certificates(settings: Settings, origin: str) -> ssl.SSLContext:
    """The trusted certificates, for all connections: reading them takes longer than many calls.

    Without TLS they are not read, and nothing would be trusted.
    """
    if not origin.startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not settings.ca_files:
        # As in httpx; httpx2 and aiohttp would trust others.
        return ssl.create_default_context(cafile=certifi.where())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for path, source in settings.ca_files.items():
        is_folder = Path(path).is_dir()
        try:
            if is_folder and not any(_is_hashed(each.name) for each in Path(path).iterdir()):
                raise HtcConfigurationError(
                    f"The folder {path} in {source} holds no certificates that can be found: run `openssl rehash` on "
                    "it, or name a file."
                )
            context.load_verify_locations(None if is_folder else path, path if is_folder else None)
        except OSError as error:  # ssl.SSLError is one
            raise HtcConfigurationError(
                f"The certificate file {path} in {source} cannot be used: {error.strerror or error}. It must hold "
                "certificates in PEM form."
            ) from error
    return context


# The names by which OpenSSL finds certificates in a folder.
_is_hashed = re.compile(r"[0-9a-f]{8}\.\d+").fullmatch
