"""Exceptions of the high-level layer; programs import them from :mod:`rescalehtc.exceptions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rescalehtc_generated.errors import HtcException

if TYPE_CHECKING:
    from .results import JobFailure
    from .submission import Submission
    from .waiting import JobCounts


class HtcImageError(HtcException):
    """A container image did not become READY in time."""


class HtcSubmissionError(HtcException):
    """Not all jobs could be submitted; ``submission`` says exactly how far it came, and can be resumed.

    Attributes:
        submission: Every part with its state: accepted, refused, unknown or not yet sent.
    """

    submission: Submission


class HtcJournalError(HtcException, ValueError):
    """A journal cannot be used: it belongs to another submission, is in use, or cannot be read."""


class HtcWaitTimeoutError(HtcException, TimeoutError):
    """The jobs have not ended in time. They go on running.

    Attributes:
        counts: Number of jobs by status, as last seen.
    """

    counts: JobCounts


class HtcWaitStoppedError(HtcException):
    """A wait was ended from outside. The jobs go on running.

    Attributes:
        counts: Number of jobs by status, as last seen.
    """

    counts: JobCounts


class HtcJobsFailedError(HtcException):
    """Some jobs failed.

    Attributes:
        counts: Number of jobs by status.
        failures: What is known of the failed jobs, of the first ones where there are many.
    """

    counts: JobCounts
    failures: list[JobFailure]


class HtcStorageError(HtcException):
    """A file cannot be brought to the storage, or from it."""


class HtcTokenError(HtcException, ValueError):
    """A bearer token is not genuine, has expired, or cannot be read."""


class HtcMissingExtraError(HtcException, ImportError):
    """An optional dependency is not installed; the message says how to install it."""


def missing_extra(what: str, extra: str) -> HtcMissingExtraError:
    """The exception for something that an optional dependency does."""
    return HtcMissingExtraError(f'{what} needs an optional dependency: pip install "rescalehtc[{extra}]"')
