"""The picture of jobs over time by status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from .._records import statuses
from .._records.report import Report
from ..exceptions import HtcMissingExtraError

_COLORS = {"waiting": "#c9ced6", "running": "#3d7ecc", "succeeded": "#4aa564", "failed": "#d0453e"}

_MOMENTS = 2000
"""Times at which the jobs are counted: more would not be visible, and a million jobs have a million."""


def plot(report: Report, axes: Any = None) -> Any:
    """Draw how many jobs were waiting, running, succeeded and failed at each moment.

    Args:
        report: The result of :func:`rescalehtc.report.report`.
        axes: Axes of matplotlib to draw on; None for a new figure.

    Returns:
        The axes; ``plot(report).figure.savefig("jobs.svg")`` saves the picture.

    Raises:
        HtcMissingExtraError: The extra ``plot`` is not installed.
    """
    try:
        dates = import_module("matplotlib.dates")
    except ImportError as error:
        raise HtcMissingExtraError.of("A plot", "plot") from error
    if axes is None:
        axes = import_module("matplotlib.pyplot").subplots(figsize=(8, 4), layout="constrained")[1]
    times, layers = _layers(report.intervals)
    moments = [datetime.fromtimestamp(time, UTC) for time in times]
    axes.stackplot(moments, *layers.values(), step="post", labels=list(layers), colors=list(_COLORS.values()))
    axes.set_ylabel("jobs")
    axes.set_ylim(0)
    axes.margins(x=0)
    locator = dates.AutoDateLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    axes.legend(loc="upper left", ncols=4, frameon=False, bbox_to_anchor=(0, 1.1))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def _layers(
    intervals: Sequence[tuple[float | None, float | None, float | None, str]],
) -> tuple[list[float], dict[str, list[int]]]:
    changes: dict[float, dict[str, int]] = {}

    def change(time: float, name: str, number: int) -> None:
        at = changes.setdefault(time, {})
        at[name] = at.get(name, 0) + number

    for created, started, ended, status in intervals:
        if created is None:
            continue
        change(created, "waiting", 1)
        if started is not None:
            change(started, "waiting", -1)
            change(started, "running", 1)
        if ended is not None:
            change(ended, "waiting" if started is None else "running", -1)
            change(ended, "succeeded" if status in statuses.SUCCEEDED else "failed", 1)
    times = sorted(changes)
    shown = set(times[:: len(times) // _MOMENTS + 1] + times[-1:])
    layers: dict[str, list[int]] = {name: [] for name in _COLORS}
    numbers = dict.fromkeys(_COLORS, 0)
    for time in times:
        for name in _COLORS:
            numbers[name] += changes[time].get(name, 0)
            if time in shown:
                layers[name].append(numbers[name])
    return sorted(shown), layers
