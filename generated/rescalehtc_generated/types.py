"""What every generated model shares: reading what the service sent, and giving it back unchanged."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, ClassVar, Self, cast

import attrs

from .errors import HtcDecodeError, HtcPayloadError

try:
    import orjson
except ImportError:
    orjson = None

Json = dict[str, Any] | list[Any] | str | float | bool | None
"""A JSON value."""

ABSENT: Any = None
"""Default of an answer's field that its type calls required: the caller of a constructor need not know it."""


class Model:
    """Base of the generated models: ordinary attrs classes that also answer to their wire names.

    ``model["projectId"]``, ``"projectId" in model``, ``model.get("x")``, ``dict(model)`` and
    :meth:`to_dict` speak the service's own names and plain JSON values; the attributes are typed.
    An absent field reads as None, yet stays absent in :meth:`to_dict`.
    """

    __slots__ = ()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {}
    """Wire name of every declared field, and the attribute that holds it."""
    SENSITIVE: ClassVar[frozenset[str]] = frozenset()
    """Attributes that ``repr`` masks."""

    _unknown: dict[str, Any] | None
    _wire: Mapping[str, Any] | None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        """Read a JSON object. Null, missing and unknown fields and values never raise and never vanish."""
        # Other kinds of dictionaries may make up values for names that they lack.
        return cls._read(cast("dict[str, Any]", data) if type(data) is dict else dict(data))

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        """Read a JSON object; anything else stays what it is."""
        raise NotImplementedError

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Fields the service sent that the API description does not know, by wire name."""
        if self._unknown is None:
            self._unknown = {}
        return self._unknown

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON: what was read comes back equal, with changed attributes in place."""
        return dict(self._items())

    def get(self, name: str, default: Any = None, /) -> Any:
        """Plain JSON value of the field with this wire name, or ``default`` where it is absent."""
        try:
            return self[name]
        except KeyError:
            return default

    def keys(self) -> list[str]:
        """Wire names of the fields that are present."""
        return [name for name, _ in self._items()]

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __contains__(self, name: object) -> bool:
        return any(name == present for present, _ in self._items())

    def __getitem__(self, name: str) -> Any:
        attribute = self.WIRE_NAMES.get(name)
        if attribute is None:
            return (self._unknown or {})[name]
        value = getattr(self, attribute)
        if value is None and name not in (self._wire or ()):
            raise KeyError(name)
        return self._plain(name, value)

    def __repr__(self) -> str:
        shown = [
            f"{attribute}=***" if attribute in self.SENSITIVE else f"{attribute}={value!r}"
            for attribute in self.WIRE_NAMES.values()
            if (value := getattr(self, attribute)) is not None
        ]
        # Unknown values may be anything, a credential too: only their names are shown.
        shown += [f"{name}=…" for name in self._unknown or ()]
        return f"{type(self).__name__}({', '.join(shown)})"

    def _items(self) -> Iterator[tuple[str, Any]]:
        sent = self._wire or ()
        for name, attribute in self.WIRE_NAMES.items():
            value = getattr(self, attribute)
            if value is not None or name in sent:
                yield name, self._plain(name, value)
        for name, value in (self._unknown or {}).items():
            yield name, plain(value)

    def _plain(self, name: str, value: Any) -> Any:
        if isinstance(value, datetime) and self._wire:
            text = self._wire.get(name)
            # The text as sent stands only as long as the attribute still means the same instant.
            if text is not None and read_datetime(text) == value:
                return text
        return plain(value)


def _eq_key(value: dict[str, Any] | None) -> dict[str, Any] | None:
    return value or None


def unknown_fields() -> dict[str, Any] | None:
    """The attrs field that holds what the API description does not know."""
    return attrs.field(default=None, alias="additional_properties", eq=_eq_key)


def wire_values() -> Mapping[str, Any] | None:
    """The attrs field that holds which fields were sent, each with its text where that is an unusual timestamp."""
    return attrs.field(default=None, alias="_wire", eq=False)


def wire_names(model: type[Model]) -> dict[str, Any]:
    """The wire names of a model, as the reader of JSON makes them.

    orjson gives the same string object again for a name that it met before, and a look-up that finds the very
    object it asked for need not compare the letters: that is a tenth of the time of reading a job.
    """
    return decode_json(encode_json(dict.fromkeys(model.WIRE_NAMES)))


class Layouts(dict[tuple[str, ...], tuple[dict[str, Any], tuple[str, ...]]]):
    """The names in an object → those names as a mapping to None, and which of them are not known.

    Objects of which a field is missing or unknown mostly have the same ones: looking their names up all at once is
    cheaper than looking at each, and all the objects share one record of what was sent.
    """

    LIMIT = 256  # a service that makes up names must not fill the memory

    def __init__(self, known: Mapping[str, str]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, names: tuple[str, ...]) -> tuple[dict[str, Any], tuple[str, ...]]:
        layout = dict.fromkeys(names), tuple([name for name in names if name not in self._known])
        if len(self) < self.LIMIT:
            self[names] = layout
        return layout

    def remember(self, model: Model, data: dict[str, Any]) -> None:
        """Keep in a model which fields were sent, and those that are not known."""
        model._wire, unknown = self[tuple(data)]  # pyright: ignore[reportPrivateUsage]
        model._unknown = {name: data[name] for name in unknown} if unknown else None  # pyright: ignore[reportPrivateUsage]


class Moments(dict[Any, Any]):
    """A timestamp's text → its datetime, for texts that :func:`format_datetime` gives back as they were.

    The jobs of a batch, and the lines of a log, share most of their timestamps: each is read once, and is
    one object in memory. Any other text raises a KeyError, and what cannot be a key a TypeError.
    """

    LIMIT = 10_000

    def __missing__(self, text: Any) -> Any:
        try:
            moment = datetime.fromisoformat(text) if _formats_back(text) else None
        except ValueError:
            moment = None
        if moment is None:
            raise KeyError(text)
        if len(self) >= self.LIMIT:
            self.clear()
        self[text] = moment
        return moment


# The service is known to send empty texts.
moments = Moments({None: None, "": ""})
SURPRISES = (KeyError, TypeError)
"""What :data:`moments` and :class:`Members` raise for values that they do not take."""


def read_surprising(model: Model, data: Mapping[str, Any], readers: Mapping[str, Callable[[Any], Any]]) -> None:
    """Read an object of which any value may be anything, and keep the texts that its timestamps would lose."""
    texts: dict[str, Any] = {}
    for name, attribute in model.WIRE_NAMES.items():
        sent = data.get(name)
        value = readers[name](sent) if name in readers else sent
        setattr(model, attribute, value)
        if isinstance(value, datetime):
            texts[name] = sent
    unknown = {name: value for name, value in data.items() if name not in model.WIRE_NAMES}
    model._wire = dict.fromkeys(data) | texts  # pyright: ignore[reportPrivateUsage]
    model._unknown = unknown or None  # pyright: ignore[reportPrivateUsage]


# Of the texts that are timestamps, those that `format_datetime` makes.
_formats_back = re.compile(r"....-..-..T(?!24)..:..:..(?:\.(?!000)...|\....(?!000)...)?Z").fullmatch


def read_datetime(value: Any) -> Any:
    """A timezone-aware datetime where ``value`` names an instant; anything else is returned as it is.

    A text without a time zone is read as UTC, the zone of the service.
    """
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(value) if len(value) > 10 else None
    except ValueError:
        moment = None
    if moment is None:
        moment = _read_unusual_datetime(value)
        if moment is None:
            return value
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _read_unusual_datetime(text: str) -> datetime | None:
    if len(text) <= 10:
        return None
    from dateutil.parser import parse

    # dateutil fills what a text leaves out from `default`: two defaults tell whether it left anything out.
    first, second = datetime(2000, 1, 1), datetime(2001, 2, 2, 1, 1, 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            moment = parse(text, default=first)
            complete = moment == parse(text, default=second)
    except (ValueError, OverflowError, TypeError, AttributeError, Warning):
        return None
    return moment if complete else None


def format_datetime(moment: datetime) -> str:
    """The service's form: UTC with a ``Z``, seconds and, where there are any, three or six digits more."""
    text = moment.astimezone(UTC).replace(tzinfo=None).isoformat()
    return (text[:-3] if moment.microsecond % 1000 == 0 and moment.microsecond else text) + "Z"


def as_is(value: Any) -> Any:
    """The reader of plain JSON."""
    return value


class Members(dict[Any, Any]):
    """A wire value → its member; a value that the enum does not know stays what it is.

    What cannot be a key raises a TypeError.
    """

    def __init__(self, enum: type[Enum]) -> None:
        super().__init__({member.value: member for member in enum})
        self[None] = None

    def __missing__(self, value: Any) -> Any:
        return value


def enum_reader(members: Members, kind: type[int | str]) -> Callable[[Any], Any]:
    """A function from a wire value of this kind to its member; any other value stays what it is."""

    def read(value: Any) -> Any:
        # True and 1.0 equal 1, but are not what it says in the description.
        return members[value] if type(value) is kind else value

    return read


def model_reader(model: type[Model]) -> Callable[[Any], Any]:
    """A function from a JSON object to a model; anything but an object stays what it is."""
    return model._read  # pyright: ignore[reportPrivateUsage]


def read_list(read: Callable[[Any], Any], value: Any) -> Any:
    """Read every item of a JSON array; anything but an array stays what it is."""
    if not isinstance(value, list):
        return value
    # Most of the arrays have one item or none: setting up a comprehension would take longer than reading them.
    items: list[Any] = []
    for item in cast("list[Any]", value):
        items.append(read(item))
    return items


def read_map(read: Callable[[Any], Any], value: Any) -> Any:
    """Read every value of a JSON object; anything but an object stays what it is."""
    if not isinstance(value, dict):
        return value
    return {name: read(item) for name, item in cast("dict[str, Any]", value).items()}


def plain(value: Any) -> Any:
    """Plain JSON from models, enums, timestamps and any nesting of them."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("list[Any]", value)]
    return value


def encode_json(payload: object) -> bytes:
    """Bytes of a payload: models or any mapping or list of plain JSON.

    Raises:
        HtcPayloadError: It holds something that JSON cannot say; the message names the type.
    """
    try:
        return json.dumps(plain(payload), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError) as error:
        raise HtcPayloadError(
            f"The payload cannot be sent as JSON: {error}. Use models, mappings, lists, strings, numbers, "
            "booleans and None."
        ) from None


def decode_json(content: bytes) -> Any:
    """The JSON value of a body.

    With orjson installed (``pip install rescalehtc[speed]``) it is read three times as fast. What orjson
    refuses and the standard library reads (NaN, numbers beyond a double, lone surrogates, a byte order mark)
    is read all the same; the one difference is that integers beyond 64 bits come as floats.

    Raises:
        HtcDecodeError: It is no JSON.
    """
    if orjson is not None:
        try:
            return orjson.loads(content)
        except ValueError:
            pass
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise HtcDecodeError(f"the body is not JSON ({error})") from None
