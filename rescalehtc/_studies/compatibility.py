"""What the modules of 1.1.0 (projects, tasks, jobs) share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from rescalehtc_generated.types import Record

from .._utils.protocols import Json
from ..exceptions import HtcDecodeError, HtcException, HtcPayloadError

T = TypeVar("T")
R = TypeVar("R", bound=Record)

FRESH_FOR = timedelta(seconds=15)
"""How long an object returns its last response again; the service refreshes every 30 seconds."""

LONG_AGO = timedelta(hours=1)

_ALL_OF_THEM = "The identifier is None, which means all of them: pass the ID of one."


def utc_now() -> datetime:
    """The time with its zone: comparisons stay right when daylight saving time begins or ends."""
    return datetime.now(UTC)


def is_fresh(moment: datetime) -> bool:
    """Whether something fetched at ``moment`` is still recent enough; without a zone it is local time, as in 1.1.0."""
    return datetime.now(moment.tzinfo) - moment <= FRESH_FOR


def require(value: object, kind: type[T], name: str) -> T:
    """``value``, if it is of the right kind.

    Raises:
        HtcException: It is not.
    """
    if not isinstance(value, kind):
        raise HtcException(f"The argument {name} must be a {kind.__name__}, not a {type(value).__name__}.")
    return value


def to_json(value: Record | Mapping[str, Any]) -> Json:
    """A model, or the dictionary that a test double of 1.1.0 returned in its place, as a plain dictionary.

    Raises:
        HtcPayloadError: It is a list, because the caller asked for None.
    """
    if isinstance(value, list):
        raise HtcPayloadError(_ALL_OF_THEM)
    return value.to_dict() if isinstance(value, Record) else dict(value)


def to_model(kind: type[R], value: object) -> R:
    """A model, or the dictionary that a test double of 1.1.0 returned in its place, as a model.

    Raises:
        HtcPayloadError: It is the model of a listing, because the caller asked for None.
    """
    if isinstance(value, kind):
        return value
    if isinstance(value, Record):
        raise HtcPayloadError(_ALL_OF_THEM)
    return kind.from_dict(cast("Json", value))


def identifier(json: Mapping[str, Any], name: str) -> str:
    """The identifier under a name.

    Raises:
        HtcDecodeError: The service did not send it.
    """
    if (value := json.get(name)) is None:
        raise HtcDecodeError(f"The service sent no {name}.")
    return value


def any_status(status: str | None) -> bool:
    """Whether a status filter of 1.1.0 matches everything."""
    return status in ("any", "all", None)


def is_missing(error: HtcException) -> bool:
    """Whether the service says that it has no such object; the 404 of a gateway, or of a wrong base URL, does not."""
    # Only test doubles of 1.1.0 raise the base class.
    return error.status_code == 404 and (error.error_type is not None or type(error) is HtcException)
