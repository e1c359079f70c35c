"""The reference pages of the documentation, in reStructuredText: made from the public surface and the routes."""

from __future__ import annotations

import enum
import inspect
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import attrs

from .changes.surface import FACADE, GENERATED, public_modules, surface
from .client.build import read
from .client.shapes import Function, Route
from .client.views import Views

API, AIO, MODELS = (f"{FACADE}.{name}" for name in ("api", "aio", "models"))
MODEL = f"{GENERATED}.types.Model"

_KINDS = {API: "functions", AIO: "functions, async", MODELS: "models"}

Pages = dict[str, str]
Groups = dict[str, list[str]]


def reference_pages() -> Pages:
    """The pages by path."""
    views = read()
    entries = _entries(surface())
    tag_of = _tags(views)
    modules = _modules(entries)
    pages: Pages = {"routes": route_tables(views)}
    for module, children in modules.items():
        groups: Groups = {}
        if module in (API, AIO):
            groups = _group(children, lambda name: tag_of.get(_short(name)))
        elif module == MODELS:
            groups = _group(children, model_tags(views, entries).get)
        folder = _path(module)
        parts = {f"{folder}/{_slug(tag, module)}": _page(tag, names, entries) for tag, names in groups.items()}
        below = [f"{_path(each)}" for each in modules if each.startswith(f"{module}.") and module != FACADE]
        grouped = {name for names in groups.values() for name in names}
        rest = [name for name in children if name not in grouped]
        pages |= parts
        pages[f"{folder}/index" if parts else folder] = _module_page(module, rest, entries, [*parts, *below])
    pages["index"] = _index(pages)
    return {f"reference/{path}.rst": text for path, text in pages.items()}


def route_tables(views: Views) -> str:
    """The function of each route, what it takes and what it returns: one table for each group of routes."""
    function_of = {id(route): function for function in views.functions for route in function.routes}
    tables: dict[str, list[str]] = defaultdict(list)
    for route in views.routes:
        tables[route.tag] += _row(function_of[id(route)], route)
    return "\n".join(
        [
            *_title("Routes"),
            f"Every route of the API with its function in :mod:`{API}`. :mod:`{AIO}` has the same names.\n",
            *(
                line
                for tag, rows in tables.items()
                for line in [*_title(tag.replace("_", " ").capitalize(), "-"), *_TABLE, *rows, ""]
            ),
        ]
    )


def model_tags(views: Views, entries: dict[str, str]) -> dict[str, str]:
    """The group of routes that each model belongs to: the first that uses it, directly or through other models."""
    used_by: dict[str, str] = {}
    models = {_short(name): name for name in entries if name.rpartition(".")[0] == MODELS}
    mentioned = {name: _mentioned(name, entries, models) for name in models.values()}
    level = [(_mentions(entries.get(f"{API}.{name}", ""), models), tag) for name, tag in _tags(views).items()]
    while level:
        new = {model: tag for names, tag in reversed(level) for model in names if model not in used_by}
        used_by |= new
        level = [(mentioned[model], tag) for model, tag in new.items()]
    return used_by


def undocumented(modules: list[ModuleType] | None = None) -> list[str]:
    """Public names that have no docstring of their own."""
    chosen = modules if modules is not None else public_modules()
    return sorted(set(_undocumented(chosen)))


def _entries(text: str) -> dict[str, str]:
    """The lines of the surface by name; overloads share one entry."""
    entries: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, what = line.partition(" ")
            name = name.partition("#")[0]
            entries[name] = f"{entries[name]} {what}" if name in entries else what
    return entries


def _modules(entries: dict[str, str]) -> Groups:
    modules: Groups = {name: [] for name, what in entries.items() if what == "module"}
    modules[FACADE] = []
    for name, what in entries.items():
        parent = name.rpartition(".")[0]
        if parent in modules and what != "module" and not name.endswith(("*", "()")):
            modules[parent].append(name)
    return modules


def _tags(views: Views) -> dict[str, str]:
    """The group of routes that a function belongs to, by its name without the module."""
    tags = {function.name: function.collection.tag for function in views.functions}
    tags |= {function.name: function.collection.tag for function in views.savings}
    return tags | {f"iter_{name.partition('_')[2]}": tag for name, tag in tags.items() if name.startswith("get_")}


def _group(names: Iterable[str], tag_of: Any) -> Groups:
    groups: Groups = defaultdict(list)
    for name in names:
        if tag := tag_of(name):
            groups[tag].append(name)
    return dict(groups)


def _mentioned(name: str, entries: dict[str, str], models: dict[str, str]) -> set[str]:
    own = " ".join(what for each, what in entries.items() if each.startswith(f"{name}."))
    return _mentions(own, models) - {name}


def _mentions(text: str, models: dict[str, str]) -> set[str]:
    return {models[word] for word in re.findall(r"\w+", text) if word in models}


def _module_page(module: str, names: list[str], entries: dict[str, str], parts: list[str]) -> str:
    lines = [*_title(module), f".. automodule:: {module}\n"]
    if parts:
        lines += [".. toctree::", "   :maxdepth: 2\n", *(f"   /reference/{part}" for part in parts), ""]
    if module == MODELS:
        lines += _section(
            "Every model", [f".. autoclass:: {MODEL}\n   :members:\n   :inherited-members: MutableMapping\n"]
        )
        lines += _title("Models that no function returns", "-")
    aliases = {name: entries[name].removeprefix("= ") for name in names if entries[name].startswith("= ")}
    lines += [_directive(name, entries) for name in names if name not in aliases]
    if aliases:
        links = [f"- ``{_short(name)}``: see :obj:`{home}`" for name, home in aliases.items()]
        lines += _section("Also available here", [*links, ""])
    return "\n".join(lines)


def _page(tag: str, names: list[str], entries: dict[str, str]) -> str:
    module = names[0].rpartition(".")[0]
    title = f"{tag.replace('_', ' ').capitalize()} {_KINDS[module]}"
    return "\n".join([*_title(title), f".. currentmodule:: {module}\n", *(_directive(name, entries) for name in names)])


def _directive(name: str, entries: dict[str, str]) -> str:
    module, _, short = name.rpartition(".")
    what = entries[name]
    if what.startswith("value: "):
        return f".. autodata:: {name}\n"
    if not what.startswith("class("):
        return f".. autofunction:: {name}\n"
    cls = getattr(import_module(module), short)
    options = [":members:", ":show-inheritance:"]
    if issubclass(cls, enum.Enum):
        options = [":members:", ":undoc-members:"]
    elif module == MODELS:
        # Members that all models have are described once.
        options = [":members:", ":exclude-members: WIRE_NAMES"]
    elif hidden := [base for base in cls.__mro__[1:] if _hidden(base, entries)]:
        # Members of a base without a page of its own are shown with the class.
        others = [base.__name__ for base in cls.__mro__[1:] if base not in hidden]
        options = [":members:", f":inherited-members: {', '.join(others)}"]
    return "\n".join([f".. autoclass:: {name}", *(f"   {option}" for option in options), ""])


def _hidden(cls: type[Any], entries: dict[str, str]) -> bool:
    return cls.__module__.startswith(FACADE) and not any(_short(name) == cls.__name__ for name in entries)


def _index(pages: Pages) -> str:
    top = sorted(path for path in pages if "/" not in path or path.endswith("/index"))
    first = ["routes", FACADE, "api/index", "aio/index", "models/index"]
    chosen = [path for path in first if path in top] + [path for path in top if path not in first]
    return "\n".join([*_title("Reference"), ".. toctree::\n", *(f"   /reference/{path}" for path in chosen), ""])


_TABLE = [".. list-table::", "   :header-rows: 1\n", "   * - Route", "     - Function", "     - Body", "     - Returns"]


def _row(function: Function, route: Route) -> list[str]:
    name = f":func:`~{API}.{function.name}`"
    call = f"{name}: not available; {function.instead}" if function.instead else name
    returned = route.item.annotation if route.item else route.result.annotation
    body = route.payload.annotation if route.payload else ""
    cells = [
        f"``{route.title}``",
        call,
        _linked(body),
        f"list of {_linked(returned)}" if route.item else _linked(returned),
    ]
    return [f"   {'*' if not number else ' '} - {cell}" for number, cell in enumerate(cells)]


def _linked(annotation: str) -> str:
    """The models of an annotation as links; any other annotation as text."""
    homes: dict[str, str] = import_module(f"{GENERATED}.models")._MODULES
    models = [word for word in dict.fromkeys(re.findall(r"\w+", annotation)) if word in homes]
    links = " or ".join(f":class:`~{MODELS}.{name}`" for name in models)
    if not links:
        return f"``{annotation}``" if annotation else ""
    return f"list of {links}" if annotation.startswith("list[") else links


def _title(text: str, line: str = "=") -> list[str]:
    return [text, line * len(text), ""]


def _section(title: str, lines: list[str]) -> list[str]:
    return [*_title(title, "-"), *lines]


def _short(name: str) -> str:
    return name.rpartition(".")[2]


def _path(module: str) -> str:
    return module.removeprefix(f"{FACADE}.").replace(".", "/")


def _slug(tag: str, module: str) -> str:
    return f"{tag.replace('_', '-')}-{_KINDS[module].partition(',')[0]}"


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
    # attrs and enum write docstrings of their own; only one written in the class counts.
    if not cls.__dict__.get("__doc__") or str(cls.__doc__).startswith("Method generated by attrs"):
        yield full
    fields = {field.name for field in attrs.fields(cls)} if attrs.has(cls) else set[str]()
    for name, value in vars(cls).items():
        function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        if name.startswith("_") or name in fields or issubclass(cls, enum.Enum) or not inspect.isfunction(function):
            continue
        if not inspect.getdoc(getattr(cls, name)):
            yield f"{full}.{name}"
