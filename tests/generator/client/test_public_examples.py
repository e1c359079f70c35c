"""The OpenAPI 3.0 documents of a well-known collection: each is built and imported, or refused in words."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.client.grammar import nodes
from generator.client.naming import class_name
from generator.client.spec import METHODS, SpecError

pytestmark = pytest.mark.slow
PACKAGE = "@readme/oas-examples@8.2.2"


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("npm")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    run = subprocess.run([*command, PACKAGE], capture_output=True, text=True, check=False, timeout=300)
    if run.returncode:
        pytest.skip(f"npm cannot fetch {PACKAGE}: {run.stderr[-200:]}")
    return sorted((folder / "node_modules/@readme/oas-examples/3.0/json").glob("*.json"))


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Fill in what our descriptions must have: names of operations and classes, words, a base URL."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                item[method].setdefault("operationId", f"{method}{''.join(c for c in path.title() if c.isalnum())}")
    document.setdefault("servers", [{"url": "https://example.com"}])
    text = json.dumps(document)
    for name in document.get("components", {}).get("schemas", {}):
        better = class_name(name)
        text = text.replace(f'"#/components/schemas/{name}"', f'"#/components/schemas/{better}"')
        text = text.replace(f'"{name}": {{', f'"{better}": {{') if better != name else text
    document = json.loads(text)
    named = document.setdefault("components", {}).setdefault("schemas", {})
    for number, node in enumerate(reversed(list(nodes(document)))):
        if node.kind != "schema" or (node.parent and (node.parent.kind == "components" or node.owner == "allOf")):
            continue
        schema = node.value
        if schema.get("properties") or len(schema.get("enum", [])) > 1 or len(schema.get("allOf", [])) > 1:
            named[f"Inline{number}"] = dict(schema)
            schema.clear()
            schema["$ref"] = f"#/components/schemas/Inline{number}"
    for node in nodes(document):
        for field in node.value.get("properties", {}).values() if node.kind == "schema" else ():
            if isinstance(field, dict) and "$ref" not in field:
                field.setdefault("description", "A field.")
    for schema in named.values():
        schema.setdefault("description", "A schema.")
    return document


def test_each_is_built_or_refused(
    examples: list[Path],
    tmp_path: Path,
    load_client: Callable[[Path, Path], Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    built: list[str] = []
    refused: dict[str, str] = {}
    for path in examples:
        spec = tmp_path / path.name
        spec.write_text(json.dumps(complete(json.loads(path.read_text("utf-8"))), indent=1), encoding="utf-8")
        try:
            package = load_client(spec, tmp_path / path.stem)
        except SpecError as error:
            refused[path.name] = str(error)
        else:
            built.append(path.name)
            assert package.functions.__all__
    assert len(examples) > 40
    assert len(built) + len(refused) == len(examples)
    assert len(built) >= 12
    for name, message in refused.items():
        for line in message.splitlines():
            assert line.startswith((f"{tmp_path / name}:", "  Remedy: ")), message
        assert "has a fault" not in message, message
    with capsys.disabled():
        print(f"\n{len(built)} built, {len(refused)} refused", end=" ")
