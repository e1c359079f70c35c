"""The log of requests: request, response and duration."""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from typing import NamedTuple

_log = logging.getLogger("rescalehtc.local.requests")

#: Number of requests that are kept; older ones are only counted.
_KEPT = 10_000


class RequestRecord(NamedTuple):
    """One request and its response.

    Attributes:
        operation: ``operationId`` of the description, ``getFile`` or ``putFile`` of the storage; empty for
            anything else.
        target: path and query. Queries of the storage are not kept, since they hold signatures.
        status: HTTP status; 0 if the connection was broken without one.
        seconds: real time from the request to the end of the response.
        at: when it arrived, in real seconds since 1970.
        fault: kind of the fault that hit it, if any.
    """

    operation: str
    method: str
    target: str
    status: int
    seconds: float
    at: float
    fault: str = ""


class Requests:
    """The requests that a server has received, oldest first. Can be read from any thread.

    Example:
        >>> assert server.requests.count("submitJobs") == 1
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: deque[RequestRecord] = deque(maxlen=_KEPT)
        self._counts: Counter[str] = Counter()
        self.total: int = 0

    def add(self, operation: str, method: str, target: str, status: int, started: float, fault: str) -> None:
        """Record a request that has just been answered; ``started`` is a reading of ``time.perf_counter()``."""
        seconds = time.perf_counter() - started
        record = RequestRecord(operation, method, target, status, seconds, time.time() - seconds, fault)
        with self._lock:
            self._kept.append(record)
            self._counts[operation] += 1
            self.total += 1
        if _log.isEnabledFor(logging.INFO):
            suffix = f" [fault: {fault}]" if fault else ""
            _log.info("%s %s %s %d %.1f ms%s", operation or "-", method, target, status, seconds * 1000, suffix)

    def count(self, operation: str | None = None, *, status: int | None = None) -> int:
        """How many requests for an operation were received; with ``status``, how many got this response.

        Without ``status`` all requests count; with it, only the last 10 000.
        """
        if status is None:
            with self._lock:
                return self.total if operation is None else self._counts[operation]
        return sum(record.status == status and operation in (None, record.operation) for record in self)

    def clear(self) -> None:
        """Forget all requests so far."""
        with self._lock:
            self._kept.clear()
            self._counts.clear()
            self.total = 0

    def __iter__(self) -> Iterator[RequestRecord]:
        with self._lock:
            kept = list(self._kept)
        return iter(kept)

    def __len__(self) -> int:
        return len(self._kept)
