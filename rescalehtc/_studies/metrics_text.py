"""Reads metrics in the exposition format of Prometheus."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ..exceptions import HtcDecodeError

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_TEXT = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(
    rf"(?P<name>{_NAME})\s*(?:\{{(?P<labels>(?:[^\"}}]|{_TEXT})*)\}})?\s*(?P<value>[^\s#]+)"
    r"(?:\s+(?P<timestamp>[^\s#]+))?\s*(?:#.*)?"
)
_LABEL = re.compile(rf"\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*({_TEXT})\s*(?:,|$)")
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Sample:
    """One measured value.

    Attributes:
        name: Name of the metric, such as ``htc_job_limit_vcpus``.
        labels: What the value is about.
        value: The value; may be infinite or not a number.
        timestamp: When it was measured, None where the service does not say.
    """

    name: str
    labels: Mapping[str, str]
    value: float
    timestamp: datetime | None = None


def parse_metrics(text: str) -> list[Sample]:
    """Samples of a text in the exposition format, in its order. Comments and metadata are skipped.

    Raises:
        HtcDecodeError: A line is no sample; the message names the line.
    """
    samples: list[Sample] = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if line and not line.startswith("#"):
            try:
                samples.append(_sample(line))
            except (ValueError, OverflowError, OSError):
                raise HtcDecodeError(f"Line {number} of the metrics is no sample.") from None
    return samples


def _sample(line: str) -> Sample:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(line)
    moment = None
    if match["timestamp"] is not None:
        moment = datetime.fromtimestamp(int(match["timestamp"]) / 1000, UTC)
    return Sample(match["name"], _labels(match["labels"] or ""), float(match["value"]), moment)


def _labels(text: str) -> dict[str, str]:
    labels: dict[str, str] = {}
    position = 0
    text = text.strip()
    while position < len(text):
        match = _LABEL.match(text, position)
        if match is None:
            raise ValueError(text)
        labels[match[1]] = _ESCAPE.sub(lambda found: {"n": "\n"}.get(found[1], found[1]), match[2][1:-1])
        position = match.end()
    return labels
