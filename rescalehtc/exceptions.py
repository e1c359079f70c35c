"""Every exception that this package raises on purpose; ``HtcException`` is the root of them all.

What a program may want to handle apart has a class of its own::

    HtcException
    ├── HtcConfigurationError       the session cannot be built from what it was given
    │   └── HtcAuthenticationError  no credentials were found
    ├── HtcClosedError              the session was closed before
    ├── HtcEventLoopError           an async session is used outside its event loop
    ├── HtcPagingError              the service sends a listing in circles, or to another host
    ├── HtcPayloadError             an argument cannot be sent
    ├── HtcDecodeError              the answer is not what the route promises
    ├── HtcNotImplementedError      the function exists by name only
    ├── HtcImageError               a container image is not ready in time
    ├── HtcSubmissionError          not all jobs were submitted; it says exactly which
    ├── HtcJournalError             the journal of a submission cannot be used
    ├── HtcWaitTimeoutError         the jobs have not ended in time
    ├── HtcWaitStoppedError         a wait was ended from outside
    ├── HtcJobsFailedError          jobs have failed
    ├── HtcStorageError             a file cannot be brought to the storage, or from it
    ├── HtcTokenError               a bearer token is not genuine, or cannot be read
    ├── HtcMissingExtraError        an optional dependency is not installed
    └── HtcRequestError             a call failed
        ├── HtcConnectionError      no answer: the connection failed or broke
        ├── HtcTimeoutError         no answer in time
        └── HtcStatusError          the answer is an error
            ├── HtcBadRequestError      400, 405, 413, 415, 422 and the like
            ├── HtcUnauthorizedError    401
            ├── HtcForbiddenError       403
            ├── HtcNotFoundError        404, 410
            ├── HtcConflictError        409, 412
            ├── HtcRateLimitError       429
            ├── HtcServerError          500 and above
            └── HtcRedirectError        3xx, never followed

No exception carries a request body, a header, a key or a token. All of them can be pickled.
"""

from __future__ import annotations

from rescalehtc_generated.errors import HtcDecodeError, HtcException, HtcNotImplementedError, HtcPayloadError

from ._job_errors import (
    HtcImageError,
    HtcJobsFailedError,
    HtcJournalError,
    HtcMissingExtraError,
    HtcStorageError,
    HtcSubmissionError,
    HtcTokenError,
    HtcWaitStoppedError,
    HtcWaitTimeoutError,
)

__all__ = [
    "HtcAuthenticationError",
    "HtcBadRequestError",
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


class HtcConfigurationError(HtcException, ValueError):
    """The session cannot be built from its arguments, files and environment variables."""

    maybe_received = False


class HtcAuthenticationError(HtcConfigurationError):
    """No credentials were found; the message says where they were looked for."""


class HtcClosedError(HtcException, RuntimeError):
    """The session was closed, before the call or while it was under way; ``maybe_received`` tells which."""

    maybe_received = False


class HtcEventLoopError(HtcException, RuntimeError):
    """An async session belongs to the event loop of its first call and is used in another one."""

    maybe_received = False


class HtcRequestError(HtcException):
    """A call failed."""


class HtcPagingError(HtcRequestError):
    """A listing cannot be followed: its next page is on another host, or was already read."""


class HtcConnectionError(HtcRequestError):
    """No answer came: the connection could not be made, or broke."""


class HtcTimeoutError(HtcRequestError):
    """No answer came in time."""


class HtcStatusError(HtcRequestError):
    """The service, or something in front of it, answered with an error."""


class HtcBadRequestError(HtcStatusError):
    """The request is not acceptable as it stands (400, 405, 413, 415, 422 and other 4xx)."""


class HtcUnauthorizedError(HtcStatusError):
    """The credentials are not accepted (401)."""


class HtcForbiddenError(HtcStatusError):
    """The credentials are good, but not for this (403)."""


class HtcNotFoundError(HtcStatusError):
    """What was addressed does not exist, or is not visible with these credentials (404, 410)."""


class HtcConflictError(HtcStatusError):
    """The state of what was addressed does not allow this (409, 412)."""


class HtcRateLimitError(HtcStatusError):
    """Too many calls, also after the retries (429); ``retry_after`` may say when to come back."""


class HtcServerError(HtcStatusError):
    """The service, or a gateway in front of it, failed (500 and above)."""


class HtcRedirectError(HtcStatusError):
    """The answer points elsewhere (3xx). Redirects are never followed: the credentials would leave."""
