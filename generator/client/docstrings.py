"""The docstrings of the generated code, composed from the prose of the API description."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from . import naming
from .shapes import Function, Parameter

WIDTH = 100
FAILURE = "HtcException: If the request fails; see :mod:`rescalehtc.exceptions`."


def docstring(*paragraphs: str) -> str:
    """A Python docstring of paragraphs; those with line breaks stay unchanged."""
    parts = [part if "\n" in part else textwrap.fill(part, WIDTH) for part in paragraphs if part]
    body = "\n\n".join(parts).replace("\\", "\\\\").replace('"""', '\\"\\"\\"').replace("\0", "\\x00")
    if body.endswith('"'):
        body += " "
    return f'"""{body}\n"""' if "\n" in body else f'"""{body}"""'


def function_docstring(function: Function) -> str:
    """The docstring of a public function."""
    route = function.collection
    routes = [each for each in (route, function.item) if each]
    summary = route.summary or route.title
    if function.instead:
        return docstring(
            f"Not implemented: use {function.instead}.",
            _block("Route:", [f"``{route.title}``"]),
            _block("Raises:", ["HtcNotImplementedError: Always."]),
        )
    parameters = [*function.positional]
    if function.identifier:
        name = function.identifier
        without = "None returns the whole listing." if route.method == "get" else "None acts on all of them."
        parameters.append(Parameter(name.name, "", f"{name.description} {without}".strip()))
    parameters += [*function.positional_paging, *function.keywords]
    descriptions = [each.description for each in routes if each.description]
    return docstring(
        summary,
        *descriptions,
        naming.FUNCTION_NOTES.get(function.name, ""),
        "Fetches every page." if route.item else "",
        _block("Route:" if len(routes) == 1 else "Routes:", [f"``{each.title}``" for each in routes]),
        _arguments(parameters),
        _returns(function),
        _block("Raises:", [FAILURE]),
    )


def streaming_docstring(function: Function) -> str:
    """The docstring of the function that yields the items of a listing."""
    route = function.collection
    return docstring(
        route.summary or route.title,
        f"Yields the items of :func:`{function.name}` one by one and fetches pages as they are needed.",
        _block("Route:", [f"``{route.title}``"]),
        _arguments([*function.positional, *function.streaming_keywords]),
        _block("Raises:", [FAILURE]),
    )


def saving_docstring(function: Function) -> str:
    """The docstring of a function that writes its response to a file."""
    route = function.collection
    return docstring(
        route.summary or route.title,
        "Writes the response, of any size, to a file as it arrives. An interrupted transfer is repeated by the "
        "rules for the method.",
        _block("Route:", [f"``{route.title}``"]),
        _arguments([*function.positional_saving, *function.keywords]),
        _block(
            "Returns:",
            [
                "The path; None if there is no content, and then no file is written."
                if "None" in function.returns
                else "The path."
            ],
        ),
        _block("Raises:", [FAILURE, "OSError: The file cannot be written."]),
    )


def _returns(function: Function) -> str:
    if function.returns == "None":
        return ""
    values = [f"``{function.returns}``"]
    if function.item and function.item_returns != function.returns:
        values = [
            f"``{function.returns}``, or with ``{function.identifier.name if function.identifier else ''}`` "
            f"``{function.item_returns}``."
        ]
    return _block("Returns:", values)


def _arguments(parameters: Iterable[Parameter]) -> str:
    return _block("Args:", [f"{p.name}: {p.description or 'Not documented by the service.'}" for p in parameters])


def _block(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    filled = [textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="        ") for line in lines]
    return "\n".join([title, *filled])
