"""How many tries the stress tests make: a few, a tenth, or all.

``make test-fast`` tries a few, but starts no processes; ``make test`` tries a tenth, ``make test-hard`` all of it.
"""

from __future__ import annotations

import os

import pytest

_PROMISED = {
    "cancellations of a call": (10, 10_000),
    "interrupts of a call": (10, 2_000),
    "interrupts of a decoding": (200, 40_000),
    "calls on stale connections": (10, 3_200),
    "spoiled answers": (20, 24_000),
    "closings of a session": (2, 200),
    "kills of a study": (0, 220),
    "kills of a local server": (0, 110),
    "forks during calls": (1, 150),
    "forks during a decoding": (1, 150),
}


def tries(what: str) -> pytest.MarkDecorator:
    """Parametrizes a test with ``tries``."""
    few, promised = _PROMISED[what]
    many = promised if os.environ.get("RESCALE_HTC_TRIES") == "all" else promised // 10
    kinds = [pytest.param(few, id="few"), pytest.param(many, id="many", marks=pytest.mark.slow)]
    return pytest.mark.parametrize("tries", kinds if few else kinds[1:])
