# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Reads JSON values into models. The reader of a class is compiled from its fields on first use.

It expects the usual: all values of an object are looked up at once, enums and timestamps in tables, and the number of
fields shows whether one is missing or unknown. Whatever does not fit raises one of :data:`FastPathMiss`, and
:func:`read_tolerant` reads that one object again field by field.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from importlib import import_module
from operator import itemgetter
from types import UnionType
from typing import Annotated, Any, TypeGuard, cast, get_args, get_origin

import attrs

from .json_codec import decode_json
from .timestamps import read_datetime, timestamps
from .variants import Variant

Reader = Callable[[Any], Any]

WIRE_NAME, SENSITIVE = "wire_name", "sensitive"
"""Keys of the metadata of a field."""

FastPathMiss = (KeyError, TypeError)
"""What the tables of timestamps and of enum members raise for a value that they do not take."""

_MANY_FIELDS = 7  # from this number on, looking up all values at once is faster than one by one


@attrs.frozen
class FieldSpec:
    """A field of a model.

    Attributes:
        wire: Its name in JSON.
        attribute: Its name in Python.
        kind: Its type, without None.
        reader: Reads any JSON value of the field; None for plain JSON.
        is_timestamp: Whether it is a timestamp.
        is_sensitive: Whether ``repr`` masks its value.
    """

    wire: str
    attribute: str
    kind: Any
    reader: Reader | None
    is_timestamp: bool
    is_sensitive: bool

    def read(self, value: Any) -> Any:
        """Read the JSON value of this field, whatever it is."""
        return self.reader(value) if self.reader else value


@cache
def fields_of(model: type[Any]) -> Mapping[str, FieldSpec]:
    """The declared fields of a model by wire name."""
    fields: dict[str, FieldSpec] = {}
    for each in attrs.fields(model):
        if WIRE_NAME in each.metadata:
            name, kind = each.metadata[WIRE_NAME], _without_none(_resolve(each.type, model))
            is_sensitive = each.metadata[SENSITIVE]
            fields[name] = FieldSpec(name, each.name, kind, reader_of(kind), kind is datetime, is_sensitive)
    return fields


@cache
def reader_of(kind: Any) -> Reader | None:
    """A function that reads a JSON value as this type and returns any other value unchanged; None for plain JSON."""
    if isinstance(kind, UnionType):
        readers = [reader for part in get_args(kind) if (reader := reader_of(part))]
        return _chain(readers) if len(readers) > 1 else next(iter(readers), None)
    if get_origin(kind) in (list, dict):
        inner = reader_of(get_args(kind)[-1])
        if inner is None:
            return None
        read = read_list if get_origin(kind) is list else _read_map
        return lambda value: read(inner, value)
    if get_origin(kind) is Annotated:
        return _variant_reader(*get_args(kind))
    if kind is datetime:
        return read_datetime
    if _is_enum(kind):
        return _enum_reader(kind)
    if _is_model(kind):
        return lambda value: model_reader(kind)(value)
    return None


def is_large(model: type[Any]) -> bool:
    """Whether a model has enough fields to be read in ways that cost too much for small ones."""
    return len(fields_of(model)) >= _MANY_FIELDS


_model_readers: dict[type[Any], Reader] = {}


def model_reader(model: type[Any], pending: frozenset[type[Any]] = frozenset()) -> Reader:
    """The compiled reader of a model; anything but a JSON object stays unchanged.

    ``pending`` are the models whose readers are being compiled: one that leads back to itself is looked up later.
    """
    reader = _model_readers.get(model)
    if reader is None:
        if model in pending:
            return lambda value: model_reader(model)(value)
        reader = _model_readers[model] = _compile(model, pending | {model})
    return reader


def _compile(model: type[Any], pending: frozenset[type[Any]]) -> Reader:
    fields = fields_of(model)
    names = _shared_names(fields)
    known: dict[str, Any] = {
        "FastPathMiss": FastPathMiss,
        "model": model,
        "names": names,
        "new": model.__new__,
        "read_list": read_list,
        "read_tolerant": read_tolerant,
        "remember": KeySetCache(fields).remember,
        "values": itemgetter(*names) if is_large(model) else None,
    }
    targets: list[str] = []
    reads: list[str] = []
    for number, field in enumerate(fields.values()):
        if field.reader is None:
            targets.append(f"it.{field.attribute}")
            continue
        code, known[f"x{number}"] = _fast_path(field.kind, f"x{number}", f"v{number}", pending)
        targets.append(f"v{number}")
        reads.append(f"it.{field.attribute} = {code}")
    if is_large(model):
        lines = [f"{', '.join(targets)} = values(sent)", *reads]
    else:
        lines = [f"{target} = sent[{name!r}]" for target, name in zip(targets, fields, strict=True)] + reads
    source = f"""
def read(data):
    if not isinstance(data, dict):
        return data
    it = new(model)
    # As many fields as are known, none of them missing: then none is unknown.
    sent = data if len(data) == {len(fields)} else names | data
    try:
        {"; ".join(lines) or "pass"}
    except FastPathMiss:
        return read_tolerant(it, data)
    if sent is data:
        it._sent = names
        it._unknown = None
    else:
        remember(it, data)
    return it
"""
    exec(compile(source, f"<reader of {model.__name__}>", "exec"), known)
    return known["read"]


def _fast_path(kind: Any, helper: str, value: str, pending: frozenset[type[Any]]) -> tuple[str, Any]:
    """Code that reads one usual value with a table or function, by the names given; and that table or function."""
    parts = [part for part in _parts(kind) if reader_of(part)]
    part = parts[0] if len(parts) == 1 else kind
    if part is datetime:
        return f"{helper}[{value}]", timestamps
    if _is_enum(part) and str in part.__mro__:
        return f"{helper}[{value}]", EnumMembers.of(part)
    if _is_model(part):
        return f"{helper}({value})", model_reader(part, pending)
    if get_origin(part) is list and _is_model(get_args(part)[0]):
        return f"read_list({helper}, {value})", model_reader(get_args(part)[0], pending)
    return f"{helper}({value})", reader_of(part)


def read_tolerant(model: Any, data: Mapping[str, Any]) -> Any:
    """Read an object whose values may be anything, and keep the texts of timestamps that would get lost."""
    fields = fields_of(model.__class__)
    texts: dict[str, Any] = {}
    for name, field in fields.items():
        value = data.get(name)
        setattr(model, field.attribute, field.reader(value) if field.reader else value)
        if field.is_timestamp and not isinstance(value, datetime):
            texts[name] = value
    model._sent = {name: texts.get(name) for name in data}
    model._unknown = {name: value for name, value in data.items() if name not in fields} or None
    return model


class KeySetCache(dict[tuple[str, ...], tuple[dict[str, Any], tuple[str, ...]]]):
    """The names in an object → those names as a mapping to None, and those that are unknown.

    Objects in which a field is missing or unknown mostly have the same ones: looking their names up all at once is
    cheaper than looking at each, and all the objects share one record of what was sent.
    """

    LIMIT = 256  # a service that invents names must not fill the memory

    def __init__(self, known: Mapping[str, Any]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, names: tuple[str, ...]) -> tuple[dict[str, Any], tuple[str, ...]]:
        key_set = dict.fromkeys(names), tuple([name for name in names if name not in self._known])
        if len(self) < self.LIMIT:
            self[names] = key_set
        return key_set

    def remember(self, model: Any, data: dict[str, Any]) -> None:
        """Store in a model which fields were sent, and the unknown ones."""
        model._sent, unknown = self[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None


class EnumMembers(dict[Any, Any]):
    """A wire value → its member; a value that the enum does not have stays unchanged.

    A value that cannot be a key raises a TypeError.
    """

    def __init__(self, enum: type[Enum]) -> None:
        super().__init__({member.value: member for member in enum})
        self[None] = None

    def __missing__(self, value: Any) -> Any:
        return value

    @staticmethod
    @cache
    def of(enum: type[Enum]) -> EnumMembers:
        return EnumMembers(enum)


def _enum_reader(enum: type[Enum]) -> Reader:
    members, kind = EnumMembers.of(enum), int if int in enum.__mro__ else str
    # True and 1.0 equal 1, but are not what the description says.
    return lambda value: members[value] if type(value) is kind else value


def _variant_reader(kind: Any, variant: Variant) -> Reader:
    models = {part.__name__: part for part in _parts(kind) if _is_model(part)}
    readers = {name: cast(Reader, reader_of(model)) for name, model in models.items()}
    others = [reader for part in _parts(kind) if not _is_model(part) and (reader := reader_of(part))]
    return _chain([variant.reader(readers), *others])


def read_list(read: Reader, value: Any) -> Any:
    """Read every item of a JSON array; anything but an array stays unchanged."""
    if not isinstance(value, list):
        return value
    # Most of the arrays have one item or none: setting up a comprehension would take longer than reading them.
    items: list[Any] = []
    for item in cast("list[Any]", value):
        items.append(read(item))
    return items


def _read_map(read: Reader, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: read(item) for name, item in cast("dict[str, Any]", value).items()}


def _chain(readers: list[Reader]) -> Reader:
    def read(value: Any) -> Any:
        for reader in readers:
            value = reader(value)
        return value

    return read


def _shared_names(names: Mapping[str, Any]) -> dict[str, Any]:
    """The names as the JSON parser makes them, each mapped to None.

    orjson returns the same string object again for a name that it met before, and a look-up that finds the very
    object it asked for need not compare the letters: that is a tenth of the time of reading a job.
    """
    return decode_json(json.dumps(dict.fromkeys(names)).encode())


def _parts(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if isinstance(kind, UnionType) else (kind,)


def _without_none(kind: Any) -> Any:
    parts = [part for part in _parts(kind) if part is not type(None)]
    return parts[0] if len(parts) == 1 else kind


def _is_enum(kind: Any) -> TypeGuard[type[Enum]]:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and attrs.has(cast("type[Any]", kind)) and get_origin(kind) is None


def _resolve(kind: Any, model: type[Any]) -> Any:
    """The type behind an annotation in quotes: that of a class that leads back to its own module."""
    if not isinstance(kind, str):
        return kind
    module = sys.modules[model._MODULE]
    return eval(kind, vars(module), _Siblings(module.__package__ or ""))


class _Siblings(dict[str, Any]):
    """The classes of a package of models, each loaded on first use."""

    def __init__(self, package: str) -> None:
        super().__init__()
        self._package = import_module(package)

    def __missing__(self, name: str) -> Any:
        try:
            return getattr(self._package, name)
        except AttributeError:
            raise KeyError(name) from None
