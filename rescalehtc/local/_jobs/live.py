"""A job that was admitted and has not ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .logs import LineSplitter
from .processes import JobProcess
from .records import Batch, Status


@dataclass(slots=True, eq=False)
class LiveJob:
    """What the scheduler holds in memory about one job; ``Changes`` writes it to the database."""

    seq: int
    batch: Batch
    index: int
    status: Status
    attempt: int = 0
    started: int | None = None
    updated: int = 0
    lines: int = 0
    completed: int | None = None
    exit_code: int | None = None
    failure: str | None = None
    reason: str | None = None
    events: list[list[Any]] = field(default_factory=list[list[Any]])
    process: JobProcess | None = None
    splitter: LineSplitter = field(default_factory=LineSplitter)
    folder: Path | None = None
    cancelled: bool = False
    timed_out: bool = False
    out_of_memory: bool = False
    instance_lost: bool = False
    #: Time on the server's clock at which a running job reaches its time limit.
    deadline: float | None = None

    @property
    def id(self) -> str:
        return self.batch.job_id(self.index)

    @property
    def run(self) -> str:
        """Names this attempt of this job."""
        return f"{self.seq}.{self.attempt}"
