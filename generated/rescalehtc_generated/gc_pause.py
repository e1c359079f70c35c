# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Pauses cyclic garbage collection while one large body is decoded.

Decoding a page makes thousands of objects and no reference cycles, yet their number alone sets off the collector over
and over: at 100 jobs a page, a job takes 18.6 µs with the collector running and 12.0 µs without. The price: cyclic
garbage of the application that is older than a page may live longer, up to 128 MB of bodies. Set the environment
variable ``RESCALE_HTC_GC_PAUSE=0`` before the import to switch this off.

The pause never outlives the decoding. It raises the collector's threshold and leaves its switch alone, so an
application's ``gc.disable()`` in the meantime stays in force.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar, cast

T = TypeVar("T")

ENABLED = os.environ.get("RESCALE_HTC_GC_PAUSE", "1") != "0"

_LARGE_BODY_BYTES = 16_000
_FULL_COLLECTION_BYTES = 128_000_000
# A number that no body reaches and no application sets.
_PAUSED_THRESHOLD = 2_000_000_011

_thresholds = gc.get_threshold()
_bytes_since_full_collection = 0


def without_collections(decode: Callable[[bytes], T]) -> Callable[[bytes], T]:
    """The same decoder, with the collector paused while it reads a large body."""

    def decode_large(content: bytes) -> T:
        global _thresholds
        thresholds = gc.get_threshold()
        is_collecting = gc.isenabled() and 0 < thresholds[0] < _PAUSED_THRESHOLD
        if len(content) < _LARGE_BODY_BYTES or not is_collecting or not ENABLED:
            return decode(content)
        _thresholds = thresholds
        # An interrupt can strike between any two steps. The guard lives on this expression's stack and nowhere else, so
        # however the expression ends, freeing the guard restores the thresholds before any other Python code runs.
        value, after = cast(
            "tuple[T, tuple[int, int, int]]",
            (
                _guard(thresholds)(),
                gc.set_threshold(_PAUSED_THRESHOLD),
                decode(content),
                _collect_young(len(content)),
                gc.get_threshold(),
            )[2::2],
        )
        if after[0] != _PAUSED_THRESHOLD:  # the application has changed it in the meantime
            gc.set_threshold(*after)
        return value

    return decode_large


@cache
def _guard(thresholds: tuple[int, int, int]) -> type[Any]:
    """A class whose instances restore the thresholds when they are freed, without running any Python code."""
    return type(
        "ThresholdGuard", (), {"__slots__": (), "__del__": staticmethod(partial(gc.set_threshold, *thresholds))}
    )


def _collect_young(body_bytes: int) -> None:
    """Look at the new objects only.

    On its own, the collector would also look at all earlier pages, which took a quarter of the time of a listing.
    Once per ``_FULL_COLLECTION_BYTES`` it may do so, because it finds old garbage in no other way.
    """
    global _bytes_since_full_collection
    _bytes_since_full_collection += body_bytes
    if _bytes_since_full_collection >= _FULL_COLLECTION_BYTES:
        _bytes_since_full_collection = 0
    elif gc.isenabled():
        gc.collect(0)


def _resume_in_child() -> None:
    # The thread that decodes, and the guard with it, may not exist in a forked child.
    if gc.get_threshold()[0] == _PAUSED_THRESHOLD:
        gc.set_threshold(*_thresholds)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_resume_in_child)
