"""How a property of the API looks in Python: its annotation, and the code that reads it from JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from openapi_python_client.parser.properties import (
    AnyProperty,
    BooleanProperty,
    DateTimeProperty,
    EnumProperty,
    FloatProperty,
    IntProperty,
    ListProperty,
    ModelProperty,
    StringProperty,
    UnionProperty,
)

SIMPLE: dict[type[Any], str] = {
    StringProperty: "str",
    IntProperty: "int",
    FloatProperty: "float",
    BooleanProperty: "bool",
    AnyProperty: "Any",
}


class UnsupportedType(Exception):
    """A type that the generator cannot read without loss; the message says which."""


@dataclass(frozen=True)
class PythonType:
    """A type of the API in Python.

    Attributes:
        annotation: Its annotation.
        classes: Generated classes that it names.
    """

    annotation: str
    classes: frozenset[str] = frozenset()

    @property
    def is_datetime(self) -> bool:
        """Whether it is a timestamp."""
        return self.annotation == "datetime"


def is_map(prop: Any) -> bool:
    """Whether a property is an object without fields of its own: a plain dictionary."""
    # The parsed properties are not there yet in a model that stands in a choice, the schema always is.
    return isinstance(prop, ModelProperty) and not (prop.data.properties or prop.data.allOf)


def python_type(prop: Any) -> PythonType:
    """The Python type of a property.

    Raises:
        UnsupportedType: There is none that loses nothing.
    """
    if type(prop) in SIMPLE:
        return PythonType(SIMPLE[type(prop)])
    if isinstance(prop, DateTimeProperty):
        return PythonType("datetime")
    if isinstance(prop, EnumProperty):
        name = str(prop.class_info.name)
        return PythonType(f"{name} | {'int' if prop.value_type is int else 'str'}", frozenset({name}))
    if isinstance(prop, ListProperty):
        return _container(python_type(prop.inner_property), "list[{}]")
    if is_map(prop):
        inner = cast(ModelProperty, prop).additional_properties
        return _container(python_type(inner) if inner else PythonType("Any"), "dict[str, {}]")
    if isinstance(prop, ModelProperty):
        name = str(prop.class_info.name)
        return PythonType(name, frozenset({name}))
    if isinstance(prop, UnionProperty):
        return _union(prop.inner_properties)
    raise UnsupportedType(f"{type(prop).__name__.removesuffix('Property').lower()} is not supported")


def _container(inner: PythonType, annotation: str) -> PythonType:
    return PythonType(annotation.format(_without_timestamp(inner).annotation), inner.classes)


def _union(members: Iterable[Any]) -> PythonType:
    types = [python_type(member) for member in members]
    if not all(kind.is_datetime for kind in types):
        types = [_without_timestamp(kind) for kind in types]
    if sum(isinstance(member, ModelProperty) for member in members) > 1:
        raise UnsupportedType("a choice between several objects is not supported")
    annotations = dict.fromkeys(part for kind in types for part in kind.annotation.split(" | "))
    return PythonType(" | ".join(annotations), frozenset[str]().union(*(kind.classes for kind in types)))


def _without_timestamp(kind: PythonType) -> PythonType:
    # Only a field has a place to keep a text that is no timestamp; anywhere else timestamps stay texts.
    return PythonType("str") if kind.is_datetime else kind
