# Derived from rescalehtc/_studies/aio/images.py by `make generate`. Do not edit.
"""Waits for container images to be copied to all clouds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rescalehtc_generated.models.htc_image_status import HTCImageStatus
from rescalehtc_generated.models.image_readiness import ImageReadiness

from .._utils.scheduling import monotonic, pause
from ..exceptions import HtcImageError

DEADLINE_SECONDS = 300.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 10.0


def wait_for_images(
    get_status: Callable[[str], HTCImageStatus],
    names: Iterable[str],
    deadline_seconds: float = DEADLINE_SECONDS,
) -> None:
    """Return as soon as every image is READY; asks once for each distinct name.

    Raises:
        HtcImageError: An image is not READY after ``deadline_seconds``, counted for all images together.
        HtcNotFoundError: The registry of the project has no such image.
    """
    end = monotonic() + deadline_seconds
    for name in dict.fromkeys(names):
        wait = _FIRST_PAUSE
        while (status := (get_status(name)).status) != ImageReadiness.READY:
            left = end - monotonic()
            if left <= 0:
                raise HtcImageError(
                    f"The image {name} is still {status} after {deadline_seconds:g} seconds; jobs need it to be READY."
                )
            pause(min(wait, left))
            wait = min(wait * 1.5, _LONGEST_PAUSE)
