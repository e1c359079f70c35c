"""Reads metrics in the exposition format of Prometheus, with Prometheus' own library."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from ..exceptions import HtcDecodeError, HtcMissingExtraError

# One that is not closed reaches to the end: to look for others inside it would take quadratic time.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.?)*+(?:"|$)')


@dataclass(frozen=True, slots=True)
class Sample:
    """One measured value.

    Attributes:
        name: Name of the metric, such as ``htc_job_limit_vcpus``.
        labels: What the value is about.
        value: The value; may be infinite or not a number.
        timestamp: When it was measured, None if the service does not say.
    """

    name: str
    labels: Mapping[str, str]
    value: float
    timestamp: datetime | None = None


def parse_metrics(text: str) -> list[Sample]:
    """Samples of a text in the exposition format, in its order. Comments, metadata and exemplars are skipped.

    Raises:
        HtcDecodeError: A line is not a sample; the message names the line.
        HtcMissingExtraError: The extra ``metrics`` is not installed.
    """
    try:
        parser: Any = import_module("prometheus_client.parser")
    except ImportError:
        raise HtcMissingExtraError.of("Reading metrics", "metrics") from None
    samples: list[Sample] = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if line and not line.startswith("#"):
            try:
                samples.append(_sample(parser, line))
            except (ValueError, LookupError, TypeError, OverflowError, OSError) as error:
                raise HtcDecodeError(f"Line {number} of the metrics is not a sample.") from error
    return samples


def _sample(parser: Any, line: str) -> Sample:
    # The library would take the last number of an exemplar, or of any other rest of the line, for the time.
    outside = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), line).partition("#")[0]
    numbers = outside.partition("}")[2].split() if "{" in outside else outside.split()[1:]
    if len(numbers) > 2:
        raise ValueError("more than a value and a time")
    (family,) = parser.text_string_to_metric_families(line[: len(outside)] + "\n")
    (found,) = family.samples
    moment = None if found.timestamp is None else datetime.fromtimestamp(found.timestamp, UTC)
    return Sample(found.name, found.labels, float(found.value), moment)
