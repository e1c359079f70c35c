"""Chooses the HTTP library: httpx, or its fork httpx2 if that is installed (what is said of httpx is true of both).

Async sessions without a proxy use aiohttp if it is installed. ``RESCALE_HTC_TRANSPORT`` chooses one of the three.
"""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ...exceptions import HtcConfigurationError, HtcMissingExtraError

_CHOICE = "RESCALE_HTC_TRANSPORT"
_LIBRARIES = ("httpx", "httpx2", "aiohttp")


def is_chosen(library: str) -> bool:
    """Whether to use a library: the environment names it, or it is installed and the environment names none."""
    is_installed, name = find_spec(library) is not None, os.environ.get(_CHOICE)
    if name and name not in _LIBRARIES:
        raise HtcConfigurationError(f"{_CHOICE} must be one of {', '.join(_LIBRARIES)}, not {name!r}.")
    if name == library and not is_installed:
        raise HtcMissingExtraError(f'{_CHOICE}={name} needs: pip install "rescalehtc[{name}]"')
    return name == library if name else is_installed


if TYPE_CHECKING:
    import httpcore as httpcore
    import httpx as httpx
else:
    httpx = import_module("httpx2" if is_chosen("httpx2") else "httpx")
    # The library below it, which it brings.
    httpcore = import_module(httpx.__name__.replace("httpx", "httpcore"))

# Otherwise the first look-up of a host imports it, at a moment when other threads may fork.
import_module("encodings.idna")
