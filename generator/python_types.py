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
        readers: Functions to apply, innermost first, to turn plain JSON into it; none for plain JSON itself.
        classes: Generated classes that it names.
        table: The table from its usual JSON values to what they read as, where there is one.
    """

    annotation: str
    readers: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    table: str = ""

    @property
    def is_datetime(self) -> bool:
        """Whether it is a timestamp."""
        return self.table == "moments"

    def read_usual(self, expression: str) -> str:
        """Code that reads the value of an expression; it raises one of SURPRISES where that is no usual one."""
        return f"{self.table}[{expression}]" if self.table else self.read(expression)

    def read(self, expression: str) -> str:
        """Code that reads the value of an expression, whatever it is."""
        for reader in self.readers:
            expression = f"{reader}({expression})" if "{}" not in reader else reader.format(expression)
        return expression

    @property
    def reader(self) -> str:
        """Code of a function that reads one value."""
        if len(self.readers) == 1 and "{}" not in self.readers[0]:
            return self.readers[0]
        return f"lambda item: {self.read('item')}"


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
        # The service is known to send empty texts where a timestamp is promised.
        return PythonType("datetime | str", ("read_datetime",), table="moments")
    if isinstance(prop, EnumProperty):
        name = str(prop.class_info.name)
        module = str(prop.class_info.module_name)
        if prop.value_type is int:
            # A table of numbers would take True for 1.
            return PythonType(f"{name} | int", (f"read_{module}",), frozenset({name}))
        return PythonType(f"{name} | str", (f"read_{module}",), frozenset({name}), f"{module}_members")
    if isinstance(prop, ListProperty):
        return _container(python_type(prop.inner_property), "list[{}]", "read_list")
    if is_map(prop):
        inner = cast(ModelProperty, prop).additional_properties
        return _container(python_type(inner) if inner else PythonType("Any"), "dict[str, {}]", "read_map")
    if isinstance(prop, ModelProperty):
        name = str(prop.class_info.name)
        return PythonType(name, (f"read_{prop.class_info.module_name}",), frozenset({name}))
    if isinstance(prop, UnionProperty):
        return _union(prop.inner_properties)
    raise UnsupportedType(f"{type(prop).__name__.removesuffix('Property').lower()} is not supported")


def _container(inner: PythonType, annotation: str, function: str) -> PythonType:
    if inner.is_datetime:
        # A list has no place to keep the text as sent, so its timestamps stay texts.
        inner = PythonType("str")
    readers = (f"{function}({inner.reader}, {{}})",) if inner.readers else ()
    return PythonType(annotation.format(inner.annotation), readers, inner.classes)


def _union(members: Iterable[Any]) -> PythonType:
    types = [python_type(member) for member in members]
    if any(kind.readers and not kind.is_datetime for kind in types):
        # Where a value can be an object, or a name, a timestamp stays the text it is.
        types = [PythonType("str") if kind.is_datetime else kind for kind in types]
    if sum(isinstance(member, ModelProperty) for member in members) > 1:
        raise UnsupportedType("a choice between several objects is not supported")
    annotations = dict.fromkeys(part for kind in types for part in kind.annotation.split(" | "))
    return PythonType(
        " | ".join(annotations),
        tuple(reader for kind in types for reader in kind.readers),
        frozenset[str]().union(*(kind.classes for kind in types)),
        "moments" if any(kind.is_datetime for kind in types) else "",
    )
