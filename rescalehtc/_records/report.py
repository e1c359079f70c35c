"""Numbers about the jobs of a study."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs

from rescalehtc_generated.models.htc_job import HTCJob

from .._utils.html import html_table
from . import statuses
from .counts import JobCounts
from .odd_values import number, text


@attrs.frozen
class Spread:
    """How long jobs usually take, and how long the slowest do, in seconds.

    Attributes:
        count: Number of jobs whose time is known.
        median: Half of the jobs took no longer.
        p95: 95 % of the jobs took no longer.
        total: The sum.
    """

    count: int
    median: float | None
    p95: float | None
    total: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Spread:
        """The spread of some times."""
        ordered = sorted(seconds)
        return cls(len(ordered), _rank(ordered, 0.5), _rank(ordered, 0.95), math.fsum(ordered))

    def __str__(self) -> str:
        if self.median is None or self.p95 is None:
            return "not known"
        return f"median {self.median:.1f} s, 95 % within {self.p95:.1f} s"


@attrs.frozen(kw_only=True, repr=False)
class Report:
    """Counts, times and consumption of the jobs of a study.

    Attributes:
        counts: Number of jobs by status.
        by_failure_code: Number of failed jobs by failure code.
        by_region: Number of jobs by region.
        by_instance_type: Number of jobs by instance type.
        waiting: Times from the submission to the start of the jobs that have started.
        running: Times from the start to the end of the jobs that have ended.
        vcpu_hours: By region, the vCPUs that jobs requested, times their running time.
        gib_hours: By region, the memory that jobs requested, times their running time.
        unknown_consumption: Jobs that ran, but whose time, vCPUs or memory are not known: the hours do not include
            them.
        intervals: For each job, the times at which it was submitted, started and ended, in seconds since 1970, and its
            status.
    """

    counts: JobCounts
    by_failure_code: dict[str, int]
    by_region: dict[str, int]
    by_instance_type: dict[str, int]
    waiting: Spread
    running: Spread
    vcpu_hours: dict[str, float]
    gib_hours: dict[str, float]
    unknown_consumption: int
    intervals: list[tuple[float | None, float | None, float | None, str]]

    def to_records(self) -> list[dict[str, Any]]:
        """One row for each number, with the keys ``figure``, ``of`` and ``value``, ready for ``pandas.DataFrame``."""
        return [{"figure": figure, "of": of, "value": value} for figure, of, value in self._rows()]

    def __str__(self) -> str:
        lines = [str(self.counts)]
        for title, numbers in (
            ("failure codes", self.by_failure_code),
            ("regions", self.by_region),
            ("instance types", self.by_instance_type),
        ):
            if numbers:
                lines.append(f"{title}: " + ", ".join(f"{name} {count}" for name, count in numbers.items()))
        lines += [f"waiting: {self.waiting}", f"running: {self.running}"]
        for region in sorted(self.vcpu_hours.keys() | self.gib_hours.keys()):
            vcpus, memory = self.vcpu_hours.get(region, 0.0), self.gib_hours.get(region, 0.0)
            lines.append(f"{region}: {vcpus:.2f} vCPU-hours, {memory:.2f} GiB-hours")
        if self.unknown_consumption:
            lines.append(f"the consumption of {self.unknown_consumption} jobs is not known")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Report: {self.counts}>"

    def _repr_html_(self) -> str:
        rows: list[tuple[object, ...]] = [
            (figure, of, f"{value:.2f}" if isinstance(value, float) else value) for figure, of, value in self._rows()
        ]
        return html_table(("figure", "of", "value"), rows)

    def _rows(self) -> list[tuple[str, str, Any]]:
        rows: list[tuple[str, str, Any]] = [("jobs", status, count) for status, count in self.counts.by_status.items()]
        for figure, numbers in (
            ("failures", self.by_failure_code),
            ("jobs in region", self.by_region),
            ("jobs on instance type", self.by_instance_type),
            ("vCPU-hours", self.vcpu_hours),
            ("GiB-hours", self.gib_hours),
        ):
            rows += [(figure, name, value) for name, value in numbers.items()]
        for figure, spread in (("waiting seconds", self.waiting), ("running seconds", self.running)):
            rows += [(figure, "median", spread.median), (figure, "95 %", spread.p95)]
        return [*rows, ("jobs", "of unknown consumption", self.unknown_consumption)]


class ReportBuilder:
    """Adds up a report, job by job."""

    def __init__(self) -> None:
        self._statuses, self._codes = Counter[str](), Counter[str]()
        self._regions, self._instances = Counter[str](), Counter[str]()
        self._waiting: list[float] = []
        self._running: list[float] = []
        self._vcpus: dict[str, float] = {}
        self._memory: dict[str, float] = {}
        self._unknown = 0
        self._intervals: list[tuple[float | None, float | None, float | None, str]] = []

    def add(self, job: HTCJob) -> None:
        """Count a job."""
        status, region = str(job.status), "unknown" if job.region is None else str(job.region)
        self._statuses[status] += 1
        self._regions[region] += 1
        if instance := text(getattr(job.job_execution_environment, "instance_type", None)):
            self._instances[instance] += 1
        has_ended = status in statuses.FINAL
        if status in statuses.FAILED:
            self._codes["none" if job.failure_code is None else str(job.failure_code)] += 1
        created, started, ended = (
            None if time is None else time.timestamp() for time in (job.created_at, job.started_at, job.completed_at)
        )
        if not has_ended:
            ended = None
        self._intervals.append((created, started, ended, status))
        if created is not None and started is not None:
            self._waiting.append(started - created)
        if started is not None and ended is not None:
            self._running.append(ended - started)
            hours = (ended - started) / 3600
            vcpus, memory = number(job.max_vcpus), number(job.max_memory)
            if vcpus is not None:
                self._vcpus[region] = self._vcpus.get(region, 0.0) + hours * vcpus
            if memory is not None:
                self._memory[region] = self._memory.get(region, 0.0) + hours * memory / 1024
            self._unknown += vcpus is None or memory is None
        else:
            self._unknown += has_ended and started is not None

    def build(self) -> Report:
        """The report."""
        return Report(
            counts=JobCounts(dict(self._statuses)),
            by_failure_code=dict(self._codes.most_common()),
            by_region=dict(self._regions.most_common()),
            by_instance_type=dict(self._instances.most_common()),
            waiting=Spread.of(self._waiting),
            running=Spread.of(self._running),
            vcpu_hours=self._vcpus,
            gib_hours=self._memory,
            unknown_consumption=self._unknown,
            intervals=self._intervals,
        )


def _rank(ordered: Sequence[float], share: float) -> float | None:
    # The nearest-rank percentile: the time of a real job.
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1] if ordered else None
