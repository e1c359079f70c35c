"""How many tries the stress tests make: a few, a tenth, or all.

``make test`` tries a tenth, ``make test-hard`` all of it.
"""

from __future__ import annotations

import os

import pytest

_PROMISED = {
    "cancellations of a call": (30, 10_000),
    "interrupts of a call": (30, 2_000),
    "interrupts of a decoding": (400, 40_000),
    "calls on stale connections": (30, 3_200),
    "spoiled answers": (50, 24_000),
    "closings of a session": (5, 200),
    "kills of a study": (2, 220),
    "kills of a local server": (2, 110),
    "forks during calls": (3, 150),
    "forks during a decoding": (3, 150),
}


def tries(what: str) -> pytest.MarkDecorator:
    """Parametrizes a test with ``tries``."""
    few, promised = _PROMISED[what]
    many = promised if os.environ.get("RESCALE_HTC_TRIES") == "all" else promised // 10
    return pytest.mark.parametrize("tries", [few, pytest.param(many, marks=pytest.mark.slow)], ids=["few", "many"])
