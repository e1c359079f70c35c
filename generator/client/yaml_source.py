"""Reads YAML and JSON, and knows the line of every place.

libyaml reads our description in a tenth of a second, ruamel.yaml in more than a second. What libyaml refuses, and tags,
are read by ruamel.yaml, which also says what is wrong with a file. Both only find the nodes: what they mean is decided
here, by YAML 1.2, and what other readers would understand differently is refused.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, cast

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark

_PLAIN = {"null": None, "Null": None, "NULL": None, "~": None, "": None}
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+").fullmatch
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
).fullmatch
# YAML 1.1 and 1.2 make different numbers of these, or one makes a text.
_AMBIGUOUS = re.compile(r"[-+]?(0[0-9_]*[1-9_][0-9_]*|0b[01_]+|[0-9][0-9_.]*_[0-9_.]*)").fullmatch
# Some readers take the last three for line breaks.
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\x85\u2028\u2029]")
_TAG = "tag:yaml.org,2002:"
_TAGGED: dict[str, tuple[type, ...]] = {"int": (int,), "float": (int, float), "bool": (bool,), "null": (type(None),)}
_TEXTS = ("str", "timestamp", "merge", "value")


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
        """
        unwritable = _UNWRITABLE.search(text)
        if unwritable:
            code = f"U+{ord(unwritable[0]):04X}"
            raise _at(text.count("\n", 0, unwritable.start()), f"{code} must be an escape in double quotes")
        self._root: Any = None
        has_tags = "!" in text and re.search(r"(?m)[\s\[{,]!|^!", text)
        if not (has_tags or text.startswith("%")):
            with contextlib.suppress(yaml.YAMLError):
                self._root = yaml.compose(text, yaml.CSafeLoader)
        self._root = self._root or YAML(typ="safe", pure=True).compose(text)
        self.value: Any = _value(self._root)

    def line(self, tokens: Sequence[str]) -> int:
        """The line of the place that keys and indices lead to, or the last line on the way there."""
        line, node = 1, self._root
        for token in tokens:
            found = dict(_items(node)).get(token)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        return line


def _items(node: Any) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Names or numbers of what a node holds, each with the node where it begins and the node of its value."""
    if node is None or node.id == "scalar":
        return
    if node.id == "sequence":
        yield from ((str(index), (each, each)) for index, each in enumerate(node.value))
        return
    own: dict[str, tuple[Any, Any]] = {}
    merged: dict[str, tuple[Any, Any]] = {}
    for key, value in node.value:
        if key.id == "scalar" and not key.style and key.value == "<<":
            for each in value.value if value.id == "sequence" else [value]:
                if each.id != "mapping":
                    raise _error(key, "`<<` merges mappings only")
                merged = {**dict(_items(each)), **merged}
            continue
        name = _name(key)
        if name in own:
            raise _error(key, f"the key {name[:60]!r} is in line {own[name][0].start_mark.line + 1} already")
        own[name] = key, value
    yield from {**merged, **own}.items()


def _value(node: Any) -> Any:
    if node is None:
        return None
    if node.id == "scalar":
        return _scalar(node)
    if node.tag not in (f"{_TAG}map", f"{_TAG}seq"):
        raise _error(node, f"the tag {node.tag.replace(_TAG, '!!')} is not supported")
    if node.id == "sequence":
        return [_value(each) for each in node.value]
    return {name: _value(value) for name, (_, value) in _items(node)}


def _name(key: Any) -> str:
    if key.id != "scalar":
        raise _error(key, "a key is not a string")
    value = _scalar(key)
    # As other readers have it.
    name = value if isinstance(value, str) else json.dumps(value)
    if not isinstance(value, str) and (name != key.value or name.endswith(".0")):
        raise _error(key, f"readers make different texts of the key {key.value[:60]}, which needs quotes")
    return name


def _scalar(node: Any) -> Any:
    text, kind = cast(str, node.value), str(node.tag).removeprefix(_TAG)
    if isinstance(node, yaml.Node):  # of libyaml, whose tags follow YAML 1.1
        return _text(node) if node.style else _plain(node, text)
    if kind in _TEXTS:
        return _text(node)
    if kind not in _TAGGED:
        raise _error(node, f"the tag {kind if kind.startswith('!') else f'!!{kind}'} is not supported")
    value = _plain(node, text)
    if not isinstance(value, _TAGGED[kind]) or (kind != "bool" and isinstance(value, bool)):
        raise _error(node, f"{text[:60]!r} does not fit the tag !!{kind}")
    return value


def _plain(node: Any, text: str) -> Any:
    if text in _PLAIN:
        return _PLAIN[text]
    if text in _TRUTHS:
        return _TRUTHS[text]
    if _AMBIGUOUS(text):
        raise _error(node, f"readers make different values of {text[:60]}: write another number, or quote it")
    if _INTEGER(text):
        try:
            return int(text, 0 if text[:2] in ("0o", "0x") else 10)
        except ValueError:
            raise _error(node, "this number has thousands of digits") from None
    return float(text.lower().replace(".inf", "inf").replace(".nan", "nan")) if _FLOAT(text) else text


def _error(node: Any, problem: str) -> MarkedYAMLError:
    return _at(node.start_mark.line, problem)


def _at(line: int, problem: str) -> MarkedYAMLError:
    return MarkedYAMLError(problem=problem, problem_mark=StringMark("", 0, line, 0, None, None))


def _text(node: Any) -> str:
    # YAML reads the two escapes of a JSON string such as "\\ud83d\\ude42" as two halves of one character.
    text: str = node.value
    try:
        return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise _error(node, "a string holds half of a surrogate pair, which is not a character") from None
