"""Every exception that this package raises; ``HtcException`` is the base class of them all.

Errors you may want to handle separately have their own class::

    HtcException
    ├── HtcConfigurationError       an argument, file or environment variable is unusable
    │   └── HtcAuthenticationError  no credentials were found
    ├── HtcClosedError              the session was closed
    ├── HtcEventLoopError           an async session is used outside its event loop
    ├── HtcPagingError              a listing repeats a page, or leads to another host
    ├── HtcPayloadError             an argument cannot be sent
    ├── HtcDecodeError              the response is not what the route promises
    ├── HtcNotImplementedError      the function exists in name only
    ├── HtcImageError               a container image did not become ready in time
    ├── HtcSubmissionError          not all jobs were submitted; it says which
    ├── HtcJournalError             the journal of a submission cannot be used
    ├── HtcCancelError              jobs cannot be cancelled without those of others
    ├── HtcPreflightError           jobs could never start, or would be refused
    ├── HtcWaitTimeoutError         the jobs did not end in time
    ├── HtcWaitStoppedError         a wait was stopped
    ├── HtcJobsFailedError          jobs have failed
    ├── HtcStorageError             a file cannot be uploaded, downloaded or listed
    ├── HtcTokenError               a bearer token is invalid or unreadable
    ├── HtcMissingExtraError        an optional dependency is not installed
    └── HtcRequestError             a call failed
        ├── HtcConnectionError      no response: the connection failed or broke
        ├── HtcTimeoutError         no response in time
        └── HtcStatusError          the response is an error
            ├── HtcBadRequestError      400, 405, 413, 415, 422 and the like
            ├── HtcUnauthorizedError    401
            ├── HtcForbiddenError       403
            ├── HtcNotFoundError        404, 410
            ├── HtcConflictError        409, 412
            ├── HtcRateLimitError       429
            ├── HtcServerError          500 and above
            └── HtcRedirectError        3xx, never followed

No exception contains a request body, a header, a key or a token. All of them can be pickled.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Self

from rescalehtc_generated.errors import HtcDecodeError, HtcException, HtcNotImplementedError, HtcPayloadError

if TYPE_CHECKING:
    from ._records.counts import JobCounts
    from ._records.findings import Finding
    from ._records.results import JobFailure
    from ._records.submission import Submission

__all__ = [
    "HtcAuthenticationError",
    "HtcBadRequestError",
    "HtcCancelError",
    "HtcClosedError",
    "HtcConfigurationError",
    "HtcConflictError",
    "HtcConnectionError",
    "HtcDecodeError",
    "HtcEventLoopError",
    "HtcException",
    "HtcForbiddenError",
    "HtcImageError",
    "HtcJobsFailedError",
    "HtcJournalError",
    "HtcMissingExtraError",
    "HtcNotFoundError",
    "HtcNotImplementedError",
    "HtcPagingError",
    "HtcPayloadError",
    "HtcPreflightError",
    "HtcRateLimitError",
    "HtcRedirectError",
    "HtcRequestError",
    "HtcServerError",
    "HtcStatusError",
    "HtcStorageError",
    "HtcSubmissionError",
    "HtcTimeoutError",
    "HtcTokenError",
    "HtcUnauthorizedError",
    "HtcWaitStoppedError",
    "HtcWaitTimeoutError",
]


# Public here: tracebacks and pickles name this module.
for _kind in (HtcException, HtcPayloadError, HtcDecodeError, HtcNotImplementedError):
    _kind.__module__ = __name__
del _kind


class HtcConfigurationError(HtcException, ValueError):
    """An argument, file or environment variable of a session cannot be used."""

    maybe_received = False


class HtcAuthenticationError(HtcConfigurationError):
    """No credentials were found; the message says what to set."""


class HtcClosedError(HtcException, RuntimeError):
    """The session was closed, before or during the call; ``maybe_received`` says which."""

    maybe_received = False


class HtcEventLoopError(HtcException, RuntimeError):
    """An async session was used outside the event loop of its first call."""

    maybe_received = False


class HtcRequestError(HtcException):
    """A call failed."""


class HtcPagingError(HtcRequestError):
    """A listing cannot be followed: its next page is on another host, or was read before."""


class HtcConnectionError(HtcRequestError):
    """No response: the connection could not be made, or broke."""


class HtcTimeoutError(HtcRequestError):
    """No response came in time."""


class HtcStatusError(HtcRequestError):
    """The service, or a gateway in front of it, responded with an error."""


class HtcBadRequestError(HtcStatusError):
    """The request is invalid (400, 405, 413, 415, 422 and other 4xx)."""


class HtcUnauthorizedError(HtcStatusError):
    """The credentials are not accepted (401)."""


class HtcForbiddenError(HtcStatusError):
    """The credentials are valid, but do not permit this (403)."""


class HtcNotFoundError(HtcStatusError):
    """The resource does not exist, or is not visible with these credentials (404, 410)."""


class HtcConflictError(HtcStatusError):
    """The state of the resource does not allow this (409, 412)."""


class HtcRateLimitError(HtcStatusError):
    """Too many calls, even after the retries (429); ``retry_after`` may say when to try again."""


class HtcServerError(HtcStatusError):
    """The service, or a gateway in front of it, failed (500 and above)."""


class HtcRedirectError(HtcStatusError):
    """The response is a redirect (3xx). It is not followed, because that could expose the credentials."""


class HtcImageError(HtcException):
    """A container image did not become READY in time."""


class HtcSubmissionError(HtcException):
    """Not all jobs were submitted; ``submission`` says which were, and can be resumed.

    Attributes:
        submission: Every part with its state: accepted, refused, unknown or not yet sent.
    """

    submission: Submission

    def __reduce__(self) -> tuple[Any, ...]:
        # The definitions hold environment variables, which may be secrets; resuming takes them from its arguments.
        import attrs

        state = {**vars(self)}
        if "submission" in state:
            state["submission"] = attrs.evolve(self.submission, definitions=[])
        return type(self), self.args, state


class HtcJournalError(HtcException, ValueError):
    """A journal cannot be used: it belongs to another submission, is in use, or cannot be read."""


class HtcCancelError(HtcException, ValueError):
    """Jobs cannot be cancelled without cancelling jobs of others; nothing was cancelled."""

    maybe_received = False


class HtcPreflightError(HtcException, ValueError):
    """Jobs could never start, or would be refused. Nothing was submitted.

    Attributes:
        findings: What was found, each with the nearest alternative.
    """

    maybe_received = False
    findings: list[Finding]


class HtcWaitTimeoutError(HtcException, TimeoutError):
    """The jobs did not end in time. They keep running.

    Attributes:
        counts: Number of jobs by status, as last seen.
    """

    counts: JobCounts


class HtcWaitStoppedError(HtcException):
    """A wait was stopped. The jobs keep running.

    Attributes:
        counts: Number of jobs by status, as last seen.
    """

    counts: JobCounts


class HtcJobsFailedError(HtcException):
    """Some jobs failed.

    Attributes:
        counts: Number of jobs by status.
        failures: The failed jobs, or the first of them if there are many.
    """

    counts: JobCounts
    failures: list[JobFailure]

    def __reduce__(self) -> tuple[Any, ...]:
        # Environment variables may be secrets.
        state = {**vars(self)}
        if "failures" in state:
            state["failures"] = [_without_envs(failure) for failure in self.failures]
        return type(self), self.args, state


def _without_envs(failure: JobFailure) -> JobFailure:
    import attrs

    job = copy(failure.result.job)
    job.envs = None
    return attrs.evolve(failure, result=attrs.evolve(failure.result, job=job))


class HtcStorageError(HtcException):
    """A file cannot be uploaded, downloaded or listed."""


class HtcTokenError(HtcException, ValueError):
    """A bearer token is not genuine, has expired, or cannot be read."""


class HtcMissingExtraError(HtcException, ImportError):
    """An optional dependency is not installed; the message says how to install it."""

    @classmethod
    def of(cls, what: str, extra: str) -> Self:
        """The exception for a feature that needs the named extra."""
        return cls(f'{what} needs an optional dependency: pip install "rescalehtc[{extra}]"')
