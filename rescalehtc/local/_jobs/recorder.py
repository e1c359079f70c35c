"""Records what happens to jobs: states, events and logs, written a moment later or with the next request."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable

from .._state.clock import Clock
from .._state.store import Store
from .._wire.faults import Faults
from .changes import Changes
from .live import LiveJob
from .records import Status, pack_event
from .timers import Timers

#: Seconds, divided by the speed, between two refreshes of the statuses that the API shows, as in the service.
REFRESH_INTERVAL = 30.0
#: Real seconds below which refreshes are not imitated: statuses show at once.
_SHORTEST_REFRESH = 0.5
#: Real seconds after which changes are written at the latest if no request asks for them.
_FLUSH_INTERVAL = 0.05
#: Real seconds after which a failed write, as on a full disk, is tried again.
RETRY_INTERVAL = 0.5
#: Log text that is held before it is written, and beyond which jobs have to wait with their output. In characters.
_MAX_PENDING_LOG = 256 * 1024

_log = logging.getLogger("rescalehtc.local")


class Recorder:
    """The record of one server's jobs."""

    def __init__(self, store: Store, clock: Clock, faults: Faults, timers: Timers) -> None:
        self._store = store
        self._clock = clock
        self._faults = faults
        self._timers = timers
        refresh = clock.scaled(REFRESH_INTERVAL)
        self._refresh = refresh if refresh >= _SHORTEST_REFRESH else None
        self._changes = Changes(store, publish_at_once=self._refresh is None)
        #: Whether the last attempt to write failed.
        self._failing = False
        self.task_active = self._changes.task_active

    def recover(self) -> None:
        """Show what a killed server may have recorded but not shown."""
        self._changes.publish()
        self._store.commit()

    def start_refreshing(self) -> None:
        if self._refresh is not None:
            self._timers.later("refresh", self._refresh, self._publish)

    def flush(self) -> None:
        """Write what has changed in memory. The caller commits."""
        self._changes.flush()

    def refresh(self) -> None:
        """Show what has changed so far. The caller commits."""
        self._changes.flush()
        self._changes.publish()

    def flush_now(self) -> bool:
        """Write and commit; returns whether that succeeded. What failed is tried again later."""
        return self._write(self._changes.flush)

    def _publish(self) -> None:
        self._write(self.refresh)
        assert self._refresh is not None
        self._timers.later("refresh", self._refresh + self._faults.lag(), self._publish)

    def _write(self, action: Callable[[], None]) -> bool:
        try:
            action()
            self._store.commit()
        except sqlite3.Error as error:
            self._store.rollback()
            if not self._failing:
                _log.error("the local server cannot write, and tries again until it can: %s", error)
            self._failing = True
            self._flush_after(RETRY_INTERVAL)
            return False
        self._failing = False
        return True

    def _flush(self) -> None:
        self.flush_now()

    def _flush_after(self, seconds: float, *, sooner: bool = False) -> None:
        self._timers.later("flush", seconds, self._flush, sooner=sooner)

    def enter(self, job: LiveJob, status: Status, reason: str | None = None, exit_code: int | None = None) -> None:
        """Record that a job has entered a state."""
        job.status = status
        job.updated = self._clock.millis()
        job.events.append(pack_event(status, job.updated, reason, exit_code, job.cancelled))
        self._changes.touch(job)
        self._flush_after(_FLUSH_INTERVAL)

    def receive(self, job: LiveJob, text: str | None) -> None:
        """Record lines that a job has written; a fault may delay them."""
        if text is None:
            return
        slow = self._faults.of_job("job_slow_log", job.batch.task_id, job.batch.group)
        if slow is None:
            self.log(job, text)
        else:
            asyncio.get_running_loop().call_later(slow.seconds, self.log, job, text)

    def log(self, job: LiveJob, text: str) -> None:
        if not self._timers.running:
            return
        self._changes.log(job, self._clock.millis(), text)
        full = not self.has_room_for_logs()
        self._flush_after(0 if full else _FLUSH_INTERVAL, sooner=full)

    def has_room_for_logs(self) -> bool:
        return self._changes.log_size <= _MAX_PENDING_LOG
