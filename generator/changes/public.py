"""Reads a public description of the service from a file, from an address, or from standard input."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, cast

from ruamel.yaml.error import YAMLError

from ..client.spec import SpecError, decode_references, walk
from ..client.yaml_source import Source

SECONDS = 60


def read_public(source: str) -> dict[str, Any]:
    """The description at a path or an http(s) address, or from standard input for ``-``.

    Raises:
        SpecError: It cannot be read, or is not an OpenAPI document.
    """
    content = _content(source)
    try:
        tree = _parse(content.decode())
    except (UnicodeDecodeError, YAMLError) as error:
        message = " ".join(str(error).split())[:300]
        raise SpecError(f"{source} is neither JSON nor YAML: {message}", "Download it again.") from None
    if not isinstance(tree, dict) or "openapi" not in tree or not isinstance(tree.get("paths"), dict):
        raise SpecError(f"{source} is not an OpenAPI 3 document", "Give the address of the description itself.")
    document = cast("dict[str, Any]", tree)
    decode_references(document)
    _check_references(document, source)
    return document


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return Source(text).value


def _content(source: str) -> bytes:
    try:
        if source == "-":
            return sys.stdin.buffer.read()
        if source.startswith(("http://", "https://")):
            with urllib.request.urlopen(source, timeout=SECONDS) as answer:
                return answer.read()
        return Path(source).read_bytes()
    except (OSError, urllib.error.URLError, ValueError) as error:
        raise SpecError(f"{source} cannot be read: {error}", "Check the path or the address.") from None


def _check_references(document: dict[str, Any], source: str) -> None:
    for pointer, node in walk(document):
        reference = node.get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str):
            continue
        target: Any = document if reference.startswith("#/") else None
        for token in reference.removeprefix("#/").split("/"):
            target = target.get(token.replace("~1", "/").replace("~0", "~")) if isinstance(target, dict) else None
        if target is None:
            raise SpecError(
                f"{source}: the reference {reference!r} at {pointer} leads nowhere", "Report it to the service."
            )
