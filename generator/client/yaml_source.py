"""Reads YAML and JSON, and knows the line of every place.

libyaml reads our description in a tenth of a second, ruamel.yaml in more than a second. What libyaml refuses, and what
YAML 1.1 and 1.2 read differently, is read by ruamel.yaml, which also says what is wrong with a file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import TaggedScalar
from ruamel.yaml.error import MarkedYAMLError, StringMark

_TAGS = (None, *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "map", "seq")))
_PLAIN = {"null": None, "Null": None, "NULL": None, "~": None, "": None}
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?[0-9]+\.[0-9]+([eE][-+]?[0-9]+)?")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+){2,}")
_NUMBER_LIKE = re.compile(r"[-+]?[.0-9][.:_0-9a-fA-FoOxX]*([eE][-+]?[0-9]+)?|\.(inf|Inf|INF|nan|NaN|NAN)")


class Source:
    """What a text holds.

    Attributes:
        value: Its content as plain dictionaries, lists and values; keys and dates are strings.
    """

    def __init__(self, text: str) -> None:
        """Read a text.

        Raises:
            YAMLError: It is not YAML (the class is ruamel.yaml's).
            RecursionError: It is nested too deeply, or an alias leads back to itself.
            UnicodeDecodeError: A string holds half of a surrogate pair.
        """
        self._node: yaml.Node | None = None
        self._tree: Any = None
        try:
            if text.startswith("%") or ("!" in text and re.search(r"(?m)[\s\[{,]!|^!", text)):
                raise _Unusual
            self._node = yaml.compose(text, yaml.CSafeLoader)
            self.value: Any = _value(self._node)
        except (_Unusual, yaml.YAMLError, RecursionError):
            self._node = None
            self._tree = YAML(typ="rt").load(text)
            self.value = _plain(self._tree)

    def line(self, tokens: Sequence[str]) -> int:
        """The line of the place that keys and indices lead to, or the last line on the way there."""
        return _line(self._node, tokens) if self._node is not None else _thorough_line(self._tree, tokens)


class _Unusual(Exception):
    """Something that libyaml and ruamel.yaml may read differently."""


def _value(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key, value in cast("list[tuple[yaml.Node, yaml.Node]]", node.value):
            name = _key(key)
            if name in result:
                raise _Unusual  # ruamel.yaml says where
            result[name] = _value(value)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_value(each) for each in cast("list[yaml.Node]", node.value)]
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else _scalar(node.value)
    raise _Unusual


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _Unusual
    value = node.value if node.style else _scalar(node.value)
    if value == "<<" or isinstance(value, bool | float) or value is None:
        raise _Unusual
    return str(value)


def _scalar(text: str) -> Any:
    if text in _PLAIN:
        return _PLAIN[text]
    if text in _TRUTHS:
        return _TRUTHS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NUMBER_LIKE.fullmatch(text) and not _VERSION.fullmatch(text):
        raise _Unusual
    return text


def _line(node: yaml.Node, tokens: Sequence[str]) -> int:
    line = 1
    for token in tokens:
        if isinstance(node, yaml.MappingNode):
            pairs = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
            found = next((pair for pair in pairs if pair[0].value == token), None)
        elif isinstance(node, yaml.SequenceNode) and token.isdecimal():
            items = cast("list[yaml.Node]", node.value)
            found = (items[int(token)], items[int(token)]) if int(token) < len(items) else None
        else:
            found = None
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _thorough_line(node: Any, tokens: Sequence[str]) -> int:
    line = 1
    for token in tokens:
        try:
            if isinstance(node, dict):
                key = token if token in node else int(token)
                line = cast(Any, node).lc.key(key)[0] + 1
            else:
                key = int(token)
                line = cast(Any, node).lc.item(key)[0] + 1
            node = cast(Any, node)[key]
        except (KeyError, IndexError, ValueError, TypeError, AttributeError):
            break
    return line


def _plain(node: Any) -> Any:
    """What ruamel.yaml has read as plain dictionaries, lists and values."""
    if getattr(getattr(node, "tag", None), "value", None) not in _TAGS:
        raise _error(f"the tag {node.tag.value} is not supported", getattr(node, "lc", None))
    if isinstance(node, TaggedScalar):
        return _text(str(node.value))
    if isinstance(node, dict):
        return {_name(key, cast(Any, node).lc): _plain(value) for key, value in cast("dict[Any, Any]", node).items()}
    if isinstance(node, list):
        return [_plain(value) for value in cast("list[Any]", node)]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, str):
        return _text(str(node))
    for kind in (int, float):
        if isinstance(node, kind):
            return kind(node)
    if not hasattr(node, "isoformat"):
        raise _error(f"{str(node)[:60]} is not a JSON value", getattr(node, "lc", None))
    # YAML reads an unquoted timestamp as a date: the description means the text.
    return node.isoformat()


def _name(key: Any, lines: Any) -> str:
    if not isinstance(key, str | int | float | date | None):
        raise _error("a key is not a string", lines)
    # As other readers have it.
    return (
        {None: "null", True: "true", False: "false"}[key] if key is None or isinstance(key, bool) else _text(str(key))
    )


def _error(problem: str, place: Any) -> MarkedYAMLError:
    line = getattr(place, "line", None)
    mark = None if line is None else StringMark("", 0, line, 0, None, None)
    return MarkedYAMLError(problem=problem, problem_mark=mark)


def _text(text: str) -> str:
    # YAML reads the two escapes of a JSON string such as "\\ud83d\\ude42" as two halves of one character.
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16")
