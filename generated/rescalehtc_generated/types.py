# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""What every generated model shares: a typed object and, under the service's own names, a mapping of plain JSON."""

from __future__ import annotations

import inspect
import json
from abc import ABCMeta
from collections.abc import ItemsView, Iterator, KeysView, Mapping, MutableMapping, ValuesView
from datetime import datetime
from reprlib import recursive_repr
from typing import Any, ClassVar, Self, cast, dataclass_transform, get_args

import attrs

from .errors import HtcDecodeError, HtcPayloadError
from .json_codec import JsonObject, plain
from .live_json import LiveDict, LiveList, live
from .reading import SENSITIVE, WIRE_NAME, FieldSpec, fields_of, model_reader
from .timestamps import read_datetime

ABSENT: Any = None
"""Default of a field that responses always have and constructors do not require."""

_BOOKKEEPING = frozenset({"_sent", "_unknown"})


def field(wire_name: str, *, default: Any = attrs.NOTHING, sensitive: bool = False) -> Any:
    """A field of a model: its name in JSON, its default, and whether ``repr`` masks its value."""
    return attrs.field(default=default, metadata={WIRE_NAME: wire_name, SENSITIVE: sensitive})


class _RecordType(ABCMeta):
    """Turns every model into an attrs class with slots, so that its module holds nothing but its fields."""

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        cls: Any = super().__new__(mcls, name, bases, namespace)
        if "__slots__" in namespace:  # attrs itself makes a second class, with slots
            return cls
        made = attrs.define(cls, kw_only=True, repr=False, eq=False)
        made._MODULE = made.__module__
        declared = (each for each in attrs.fields(made) if WIRE_NAME in each.metadata)
        made.WIRE_NAMES = {each.metadata[WIRE_NAME]: each.name for each in declared}
        _hide_bookkeeping(made.__init__)
        return made


def _hide_bookkeeping(constructor: Any) -> None:
    # attrs.evolve hands the bookkeeping on through the constructor; nobody else needs to see those parameters.
    signature = inspect.signature(constructor)
    shown = [each for name, each in signature.parameters.items() if name not in _BOOKKEEPING]
    constructor.__signature__ = signature.replace(parameters=shown)


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(field,))
class Record(JsonObject, metaclass=_RecordType):
    """Base of what is read from JSON objects: attrs classes that write back what they were read from."""

    _MODULE: ClassVar[str] = ""
    WIRE_NAMES: ClassVar[Mapping[str, str]] = {}
    """Wire name of every declared field, and the attribute that holds it."""

    # Fields that the description does not know, or None.
    _unknown: dict[str, Any] | None = attrs.field(default=None, alias="_unknown")
    # The names that were sent; those of timestamps map to the text where it was unusual. Shared between objects.
    _sent: Mapping[str, Any] | None = attrs.field(default=None, alias="_sent")

    def __attrs_post_init__(self) -> None:
        self._unknown = dict(self._unknown) if self._unknown else None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        """Read a JSON object. Null, missing and unknown fields and values never raise and never vanish.

        Raises:
            HtcDecodeError: It is not a JSON object, or is nested too deeply.
        """
        if isinstance(data, Record):
            data = data.to_dict()
        elif not isinstance(data, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise HtcDecodeError(f"{cls.__name__} is read from a mapping, not from {type(data).__name__}")
        try:
            # Other kinds of dictionaries may make up values for names that they lack.
            return model_reader(cls)(data if type(data) is dict else dict(data))
        except RecursionError as error:
            raise HtcDecodeError(f"the JSON of {cls.__name__} is nested too deeply") from error

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Fields the service sent that the API description does not know, by wire name."""
        if self._unknown is None:
            self._unknown = {}
        return self._unknown

    def to_dict(self) -> dict[str, Any]:
        """A plain JSON copy: what was read comes back equal, with changed attributes in place."""
        return plain(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record | Mapping):
            return NotImplemented
        return self.to_dict() == plain(other)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # pyright: ignore[reportIncompatibleMethodOverride]

    @recursive_repr("…")
    def __repr__(self) -> str:
        shown = [
            f"{each.attribute}={self._masked(each, value)}"
            for each in fields_of(type(self)).values()
            if (value := getattr(self, each.attribute)) is not None
        ]
        # Unknown values may be anything, a credential too: only their names are shown.
        shown += [f"{name}=…" for name in self._unknown or ()]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __reduce__(self) -> tuple[Any, ...]:
        names = [each.name for each in attrs.fields(type(self))]
        return _rebuild, (type(self), {name: _pack(getattr(self, name)) for name in names})

    def _masked(self, spec: FieldSpec, value: Any) -> str:
        if spec.is_sensitive:
            return "***"
        if not _names_record(spec.kind) or isinstance(value, Record):
            return repr(value)
        # If something is not a model and should be, any part of it may be a secret.
        if isinstance(value, list):
            return (
                f"[{', '.join(repr(each) if isinstance(each, Record) else '…' for each in cast('list[Any]', value))}]"
            )
        return "…"

    def _json_fields(self) -> dict[str, Any]:
        sent = self._sent or {}
        fields: dict[str, Any] = {}
        for name, attribute in self.WIRE_NAMES.items():
            value = getattr(self, attribute)
            if value is None:
                if name in sent:
                    fields[name] = None if sent[name] is None else self._text(name, None)
            else:
                fields[name] = self._text(name, value) if isinstance(value, datetime) else value
        return fields | self._unknown if self._unknown else fields

    def _text(self, name: str, value: datetime | None) -> Any:
        """What was sent for a timestamp or a null, as long as the attribute still means the same."""
        text = (self._sent or {}).get(name)
        return text if text is not None and read_datetime(text) == value else plain(value)


class _Reversible:
    __slots__ = ()

    def __reversed__(self: Any) -> Iterator[Any]:
        return reversed([*self])


class _KeysView(_Reversible, KeysView[str]):
    __slots__ = ()

    def __repr__(self) -> str:
        return f"dict_keys({[*self]})"


# Their repr is that of the model, which masks secrets.
class _ValuesView(_Reversible, ValuesView[Any]):
    __slots__ = ()


class _ItemsView(_Reversible, ItemsView[str, Any]):
    __slots__ = ()


class Model(Record, MutableMapping[str, Any]):
    """Base of the generated models.

    The attributes are typed. Under the service's own names a model is a mapping of plain JSON:
    ``task["taskId"]``, ``"taskId" in task``, ``dict(task)``, ``task == {…}``, ``task["taskName"] = "x"``,
    ``pandas.DataFrame(tasks)``. Declared fields come first, then those that the description does not know.
    An absent field reads as None, but is not in the mapping.

    A timestamp's attribute is None if its text is not a timestamp; the text is still in the mapping. For
    ``json.dumps``, pass ``default=rescalehtc.models.json_default``.
    """

    __slots__ = ()

    def __getitem__(self, name: str) -> Any:
        spec = fields_of(type(self)).get(name)
        if spec is None:
            return (self._unknown or {})[name]
        value = getattr(self, spec.attribute)
        if value is None or isinstance(value, datetime):
            if value is None and name not in (self._sent or ()):
                raise KeyError(name)
            return self._text(name, value)
        if type(value) in (dict, list) and spec.reader is None:
            return value
        return live(self, name, spec.attribute)

    def __setitem__(self, name: str, value: Any) -> None:
        if isinstance(value, LiveDict | LiveList):  # which would write on to where it came from
            value = plain(value)
        spec = fields_of(type(self)).get(name)
        if spec is None:
            self._unknown = {**(self._unknown or {}), name: value}
            return
        setattr(self, spec.attribute, spec.read(value))
        text = value if spec.is_timestamp and not isinstance(value, datetime) else None
        self._sent = {**(self._sent or {}), name: text}

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        spec = fields_of(type(self)).get(name)
        if spec is None:
            self._unknown = {other: value for other, value in (self._unknown or {}).items() if other != name}
            return
        setattr(self, spec.attribute, None)
        self._sent = {other: text for other, text in (self._sent or {}).items() if other != name}

    def __contains__(self, name: object) -> bool:
        attribute = self.WIRE_NAMES.get(cast("str", name))
        if attribute is None:
            return name in (self._unknown or ())
        return getattr(self, attribute) is not None or name in (self._sent or ())

    def __iter__(self) -> Iterator[str]:
        return iter(self._json_fields())

    def __len__(self) -> int:
        return len(self._json_fields())

    def __reversed__(self) -> Iterator[str]:
        return reversed(self._json_fields())

    def popitem(self) -> tuple[str, Any]:
        """Remove the last field, and return its name and value."""
        if (name := next(reversed(self), None)) is None:
            raise KeyError("popitem(): it is empty")
        return name, self.pop(name)

    def keys(self) -> KeysView[str]:
        """The wire names of the fields that are there."""
        return _KeysView(self)

    def values(self) -> ValuesView[Any]:
        """The values of the fields that are there."""
        return _ValuesView(self)

    def items(self) -> ItemsView[str, Any]:
        """The fields that are there, by wire name."""
        return _ItemsView(self)

    def __or__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        return self.to_dict() | plain(other) if isinstance(other, Mapping) else NotImplemented  # pyright: ignore

    def __ror__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        return plain(other) | self.to_dict() if isinstance(other, Mapping) else NotImplemented  # pyright: ignore

    def __ior__(self, other: Mapping[str, Any]) -> Self:
        self.update(other)
        return self

    def copy(self) -> Self:
        """A shallow copy."""
        rebuild, arguments = self.__reduce__()
        return rebuild(*arguments)


def _names_record(kind: Any) -> bool:
    return (isinstance(kind, type) and issubclass(kind, Record)) or any(map(_names_record, get_args(kind)))


def _rebuild(cls: type[Record], state: Mapping[str, Any]) -> Record:
    made = cls.__new__(cls)
    for name, value in state.items():
        setattr(made, name, json.loads(value.text) if isinstance(value, _DeepJson) else value)
    made.__attrs_post_init__()
    return made


@attrs.frozen
class _DeepJson:
    """A value nested so deeply that pickle and deepcopy would exceed Python's recursion limit."""

    text: str


_DEEP = 100


def _pack(value: Any) -> Any:
    level: list[Any] = [value]
    for _ in range(_DEEP):
        inner: dict[int, Any] = {}
        for item in level:
            if isinstance(item, dict | list):
                values = cast("dict[Any, Any]", item).values() if isinstance(item, dict) else cast("list[Any]", item)
                inner.update((id(each), each) for each in values)
        level = list(inner.values())
        if not level:
            return value
    try:
        return _DeepJson(json.dumps(value))
    except (TypeError, ValueError):  # not JSON, or a value that contains itself: pickle can handle these
        return value
    except RecursionError as error:
        raise HtcPayloadError("A model cannot be copied because a value in it is nested too deeply.") from error
