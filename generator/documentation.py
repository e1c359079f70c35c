"""What the documentation site takes from the code: the table of routes, the reference, and what it lacks."""

from __future__ import annotations

import enum
import importlib
import inspect
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import attrs

from .changes.surface import FACADE, GENERATED, public_modules
from .client.shapes import Function, Route
from .client.views import Views

MODELS = f"{FACADE}.models"
FUNCTIONS = {f"{FACADE}.api": f"{GENERATED}.functions", f"{FACADE}.aio": f"{GENERATED}.async_functions"}


def route_table(views: Views) -> str:
    """Which function calls a route, and what it takes and gives."""
    lines = [
        "# Routes",
        "",
        "Every route of the API, with its function in `rescalehtc.api`. `rescalehtc.aio` has the same names.",
        "",
        "| Route | Function | Body | Answer |",
        "|---|---|---|---|",
    ]
    functions = {id(route): function for function in views.functions for route in function.routes}
    for route in views.routes:
        function = functions[id(route)]
        lines.append(f"| `{route.title}` | {_function(function, route)} | {_payload(route)} | {_answer(route)} |")
    return "\n".join(lines) + "\n"


def reference_pages() -> dict[str, str]:
    """The pages of the reference by path: one for each public module."""
    return {f"reference/{module.__name__}.md": "\n".join(_page(module)) for module in public_modules()}


def undocumented(modules: list[ModuleType] | None = None) -> list[str]:
    """Public names that have no docstring of their own."""
    chosen = modules if modules is not None else public_modules()
    return sorted(set(_undocumented(chosen)))


def without_roles(text: str) -> str:
    """Text without the marks that Sphinx understands and Markdown does not."""
    text = re.sub(r"::(?=</p>)", ":", text)
    return re.sub(r":(?:attr|class|exc|func|meth|mod):(<code>|`)(?:~[\w.]*\.)?", r"\1", text)


def _page(module: ModuleType) -> Iterator[str]:
    name = module.__name__
    yield f"# {name}\n"
    if name == MODELS:
        yield "Each object and each list of values of the API. Each is loaded when it is first asked for.\n"
        homes: dict[str, str] = importlib.import_module(f"{GENERATED}.models")._MODULES
        for class_name, home in sorted(homes.items()):
            yield _directive(f"{GENERATED}.models.{home}.{class_name}", root=True)
            cls = getattr(module, class_name)
            if issubclass(cls, enum.Enum):
                yield f"Values: {', '.join(f'`{member.name}`' for member in cls)}\n"
    elif name in FUNCTIONS:
        yield without_roles(inspect.getdoc(module) or "") + "\n"
        yield _directive(FUNCTIONS[name], root=False)
    else:
        yield _directive(name, root=False)


def _directive(target: str, *, root: bool) -> str:
    shown = str(root).lower()
    return f"::: {target}\n    options:\n      show_root_heading: {shown}\n      show_root_toc_entry: {shown}\n"


def _function(function: Function, route: Route) -> str:
    if function.instead:
        return f"`{function.name}` raises; {function.instead}"
    parameters = route.path_parameters if route is function.item else function.positional
    arguments = [parameter.name for parameter in parameters]
    return f"`{function.name}({', '.join(['session', *arguments])})`"


def _payload(route: Route) -> str:
    if route.payload is None:
        return ""
    models = [_link(word) for word in _words(route.payload.annotation) if word not in ("Mapping", "Sequence", "Any")]
    return ", ".join(models)


def _answer(route: Route) -> str:
    annotation = route.item.annotation if route.item else route.result.annotation
    text = " or ".join(_link(part.strip()) for part in annotation.split("|"))
    return f"list of {text}" if route.item else text


def _link(annotation: str) -> str:
    inner = annotation.removeprefix("list[").removesuffix("]")
    homes: dict[str, str] = importlib.import_module(f"{GENERATED}.models")._MODULES
    if inner not in homes:
        return f"`{annotation}`"
    link = f"[`{inner}`]({MODELS}.md#{GENERATED}.models.{homes[inner]}.{inner})"
    return link if inner == annotation else f"list of {link}"


def _words(annotation: str) -> list[str]:
    for sign in "[]|,":
        annotation = annotation.replace(sign, " ")
    return list(dict.fromkeys(word for word in annotation.split() if word[0].isupper()))


def _undocumented(modules: list[ModuleType]) -> Iterator[str]:
    for module in modules:
        if not module.__doc__:
            yield module.__name__
        for name in getattr(module, "__all__", None) or vars(module):
            value = None if name.startswith("_") else getattr(module, name)
            ours = str(getattr(value, "__module__", "")).startswith(FACADE)
            if inspect.isroutine(value) and ours and not value.__doc__:
                yield f"{module.__name__}.{name}"
            elif inspect.isclass(value) and ours:
                yield from _undocumented_class(value)


def _undocumented_class(cls: type[Any]) -> Iterator[str]:
    full = f"{cls.__module__}.{cls.__qualname__}"
    # attrs and enum write docstrings of their own; only one that stands in the class counts.
    if not cls.__dict__.get("__doc__") or str(cls.__doc__).startswith("Method generated by attrs"):
        yield full
    fields = {field.name for field in attrs.fields(cls)} if attrs.has(cls) else set[str]()
    for name, value in vars(cls).items():
        function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        if name.startswith("_") or name in fields or issubclass(cls, enum.Enum) or not inspect.isfunction(function):
            continue
        if not inspect.getdoc(getattr(cls, name)):
            yield f"{full}.{name}"
