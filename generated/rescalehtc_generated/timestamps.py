# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Timestamps: the service's texts as timezone-aware datetimes, and back."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime
from typing import Any


class TimestampCache(dict[Any, Any]):
    """A timestamp's text → its datetime, for texts that :func:`format_datetime` writes exactly like that.

    The jobs of a batch, and the lines of a log, share most of their timestamps: each is parsed once and is one object
    in memory. Any other text raises a KeyError, and a value that cannot be a key a TypeError.
    """

    LIMIT = 10_000

    def __missing__(self, text: Any) -> Any:
        try:
            moment = datetime.fromisoformat(text) if _is_canonical(text) else None
        except ValueError:
            moment = None
        if moment is None:
            raise KeyError(text)
        if len(self) >= self.LIMIT:
            self.clear()
            self[None] = None
        self[text] = moment
        return moment


timestamps = TimestampCache({None: None})

# The texts that `format_datetime` writes.
_is_canonical = re.compile(r"....-..-..T(?!24)..:..:..(?:\.(?!000)...|\....(?!000)...)?Z").fullmatch


def read_datetime(value: Any) -> datetime | None:
    """The instant that a text names, with a time zone; None for anything that names no instant.

    A text without a time zone is read as UTC, the time zone of the service.
    """
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or len(value) <= 10:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = _read_unusual_datetime(value)
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _read_unusual_datetime(text: str) -> datetime | None:
    from dateutil.parser import parse

    # dateutil takes what a text lacks from `default`: two defaults show whether it lacks anything.
    first, second = datetime(2000, 1, 1), datetime(2001, 2, 2, 1, 1, 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            moment = parse(text, default=first)
            is_complete = moment == parse(text, default=second)
    except (ValueError, OverflowError, TypeError, AttributeError, Warning):
        return None
    return moment if is_complete else None


def format_datetime(moment: datetime) -> str:
    """The service's form: UTC with a ``Z``, seconds and, unless they are zero, three or six more digits."""
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat()
    return (text[:-3] if moment.microsecond % 1000 == 0 and moment.microsecond else text) + "Z"
