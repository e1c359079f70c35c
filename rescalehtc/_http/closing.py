"""The exceptions of a closed session."""

from __future__ import annotations

from ..exceptions import HtcClosedError
from .messages import Failure
from .retry import proves_refusal


def refuse_closed(kind: str, closed: bool) -> None:
    """Make sure that a session is open.

    Raises:
        HtcClosedError: It was closed.
    """
    if closed:
        raise HtcClosedError(f"This {kind} was closed. Create a new one.")


def closed_during(kind: str, failure: Failure) -> HtcClosedError:
    """The exception for a call that ended because its session was closed."""
    text = f"This {kind} was closed during the call."
    if proves_refusal(failure):
        return HtcClosedError(text)
    error = HtcClosedError(f"{text} The service may have carried it out: check the state there before you repeat it.")
    error.maybe_received = True
    return error
