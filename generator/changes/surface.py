"""The public Python surface as text: every name that programs may use, one per line.

It comes from the imported packages and not from their source, so it is what users get. A name that is
in several modules is described in its home; the others only refer to it.
"""

from __future__ import annotations

import difflib
import enum
import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import attrs

ROOT = Path(__file__).resolve().parents[2]
SURFACE = ROOT / "docs" / "surface.txt"
FACADE = "rescalehtc"
GENERATED = "rescalehtc_generated"
# If several modules offer a name, the first of these is its home; after them come those below the package.
HOMES = (f"{FACADE}.exceptions", f"{FACADE}.models", f"{FACADE}.api", f"{FACADE}.aio")
HEADER = """\
# The public surface of rescalehtc. Made by `make surface`; do not edit.
# `make check` fails if the code differs: run it again, and the diff shows what users will see.
"""


def surface(modules: list[ModuleType] | None = None) -> str:
    """The surface as text, sorted by name."""
    entries = dict(_entries(modules if modules is not None else public_modules()))
    return HEADER + "".join(f"{name} {what}\n" for name, what in sorted(entries.items()))


def surface_difference(path: Path = SURFACE) -> str:
    """How the code differs from the committed surface; empty if it does not."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), surface().splitlines(keepends=True), path.name, f"{path.name} (now)", n=0
    )
    return "".join(lines)


def public_modules() -> list[ModuleType]:
    """The modules that programs may import: those without an underscore."""
    package = importlib.import_module(FACADE)
    names = [FACADE]
    for info in pkgutil.walk_packages(package.__path__, f"{FACADE}.", onerror=lambda _: None):
        if not any(part.startswith("_") for part in info.name.split(".")):
            names.append(info.name)
    return [importlib.import_module(name) for name in sorted(names)]


def _entries(modules: list[ModuleType]) -> Iterator[tuple[str, str]]:
    # The base of all models is described once, although programs do not import its module.
    base = importlib.import_module(f"{GENERATED}.types").Model
    homes = {id(base): f"{FACADE}.models.*"}
    yield from _class(homes[id(base)], base, {})
    homes |= dict.fromkeys(map(id, base.__mro__), homes[id(base)])
    offered = [(module, name) for module in sorted(modules, key=_rank) for name in _public_names(module)]
    for own in (True, False):
        for module, name in offered:
            value = getattr(module, name)
            if not (inspect.isclass(value) or inspect.isroutine(value)):
                continue
            # The home of a name is its own module or, if that is private, the first public one.
            if not own or getattr(value, "__module__", None) == module.__name__:
                homes.setdefault(id(value), f"{module.__name__}.{name}")
    for module in modules:
        yield module.__name__, "module"
    for module, name in offered:
        value, full = getattr(module, name), f"{module.__name__}.{name}"
        if not (inspect.isclass(value) or inspect.isroutine(value)):
            if not inspect.ismodule(value):
                yield full, f"value: {_constant(module, name, value)}"
        elif homes[id(value)] != full:
            yield full, f"= {homes[id(value)]}"
        elif inspect.isclass(value):
            yield from _class(full, value, homes)
        else:
            yield from _function(full, value)
    for name, (_, notice) in _old_classes().items():
        yield f"{FACADE}.models.{name}", f"deprecated: {notice}"


def _rank(module: ModuleType) -> tuple[bool, int, int]:
    name = module.__name__
    return name not in HOMES, HOMES.index(name) if name in HOMES else 0, -name.count(".")


def _old_classes() -> dict[str, tuple[str, str]]:
    return getattr(importlib.import_module(f"{GENERATED}.models"), "_OLD_NAMES", {})


def _public_names(module: ModuleType) -> list[str]:
    declared = getattr(module, "__all__", None)
    if declared is not None:
        # Access to a renamed class would warn.
        return [name for name in declared if not name.startswith("_") and name not in _old_classes()]
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__
    ]


def _constant(module: ModuleType, name: str, value: Any) -> str:
    return str(getattr(module, "__annotations__", {}).get(name, type(value).__name__))


def _function(name: str, function: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    overloads = typing.get_overloads(function) if inspect.isfunction(function) else []
    if not overloads:
        yield name, _definition(function)
    for number, overload in enumerate(overloads, start=1):
        yield f"{name}#{number}", _definition(overload)


def _definition(function: Any, *, skip_first: bool = False) -> str:
    define = "async def" if inspect.iscoroutinefunction(function) else "def"
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return f"{define}(...)"
    parameters = list(signature.parameters.values())[int(skip_first) :]
    returns = signature.return_annotation
    text = f"{define}({_parameters(parameters)})"
    if returns is not signature.empty:
        text += f" -> {_annotation(returns)}"
    notice = getattr(function, "__deprecated__", None)
    return f"{text} deprecated: {notice}" if notice else text


def _parameters(parameters: list[inspect.Parameter]) -> str:
    shown: list[str] = []
    for index, each in enumerate(parameters):
        before = parameters[index - 1].kind if index else None
        if each.kind is each.KEYWORD_ONLY and before not in (each.KEYWORD_ONLY, each.VAR_POSITIONAL):
            shown.append("*")
        if before is each.POSITIONAL_ONLY and each.kind is not each.POSITIONAL_ONLY:
            shown.append("/")
        stars = {each.VAR_POSITIONAL: "*", each.VAR_KEYWORD: "**"}.get(each.kind, "")
        text = f"{stars}{each.name}"
        if each.annotation is not each.empty:
            text += f": {_annotation(each.annotation)}"
        if each.default is not each.empty:
            text += f" = {_default(each.default)}"
        shown.append(text)
    if parameters and parameters[-1].kind is inspect.Parameter.POSITIONAL_ONLY:
        shown.append("/")
    return ", ".join(shown)


def _default(value: Any) -> str:
    # An object without a repr of its own would show its address, which differs in every process.
    text = repr(value)
    return "..." if " at 0x" in text or text.startswith("<") else text


def _annotation(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", inspect.formatannotation(value))


def _class(name: str, cls: type[Any], homes: dict[int, str]) -> Iterator[tuple[str, str]]:
    bases = [base.__name__ for base in cls.__bases__ if base is not object and not base.__name__.startswith("_")]
    yield name, f"class({', '.join(bases)})"
    if issubclass(cls, enum.Enum):
        for member in cls:
            yield f"{name}.{member.name}", f"value: {member.value!r}"
        return
    fields = attrs.fields(cls) if attrs.has(cls) else ()
    for field in fields:
        if field.init and not field.name.startswith("_"):
            default = "" if field.default is attrs.NOTHING else " = ..."
            yield f"{name}.{field.name}", f"field: {_annotation(field.type)}{default}"
    members = _members(cls, homes)
    if not attrs.has(cls) and "__init__" in members and not getattr(cls, "_is_protocol", False):
        yield f"{name}()", _definition(cls.__init__, skip_first=True)
    taken = {field.name for field in fields}
    for member, value in sorted(members.items()):
        # A table that every class fills in is described with the base.
        overrides = isinstance(value, _Attribute | dict) and any(
            hasattr(base, member) for base in cls.__mro__[1:] if id(base) in homes
        )
        if not member.startswith("_") and member not in taken and not overrides:
            yield from _member(f"{name}.{member}", value)


def _members(cls: type[Any], homes: dict[int, str]) -> dict[str, Any]:
    """Members of a class, including those of its bases that are described nowhere else."""
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        ours = _package(base) in (FACADE, GENERATED, _package(cls)) and id(base) not in homes
        if base is cls or ours:
            found |= {name: _Attribute(kind) for name, kind in inspect.get_annotations(base).items()}
            found |= {name: value for name, value in vars(base).items() if not _is_slot(value) and name not in found}
    return found


def _package(cls: type[Any]) -> str:
    return cls.__module__.partition(".")[0]


class _Attribute:
    def __init__(self, annotation: Any) -> None:
        self.annotation = annotation


def _is_slot(value: Any) -> bool:
    return inspect.ismemberdescriptor(value) or inspect.isgetsetdescriptor(value)


def _member(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, _Attribute):
        yield name, f"attribute: {_annotation(value.annotation)}"
    elif isinstance(value, property):
        returns = inspect.signature(cast(Any, value.fget)).return_annotation
        words = " ".join((value.__doc__ or "").split())
        notice = f" {words[0].lower()}{words[1:]}" if words.startswith("Deprecated:") else ""
        yield name, f"property: {_annotation(returns)}{' (settable)' if value.fset else ''}{notice}"
    elif isinstance(value, classmethod | staticmethod):
        function = cast(Any, value).__func__
        kind = type(cast(Any, value)).__name__
        yield name, f"{kind} {_definition(function, skip_first=kind == 'classmethod')}"
    elif inspect.isfunction(value):
        overloads = typing.get_overloads(value)
        for number, overload in enumerate(overloads, start=1):
            yield f"{name}#{number}", _definition(overload, skip_first=True)
        if not overloads:
            yield name, _definition(value, skip_first=True)
    elif not inspect.isclass(value):
        yield name, f"attribute: {type(value).__name__}"
