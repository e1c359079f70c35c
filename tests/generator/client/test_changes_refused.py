"""A description that cannot become code without loss is refused: one message with place and remedy, exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from edits import SMALL, both, field, label, small, written
from table_refused import BODIES, FRAME, PARAMETERS, REFERENCES, SCHEMAS, VERSION_3_1, Line

from generator.__main__ import main
from generator.client.build import build
from generator.client.spec import SpecErrors

pytestmark = pytest.mark.slow

TABLES = {
    "reference": REFERENCES,
    "frame": FRAME,
    "parameter": PARAMETERS,
    "schema": SCHEMAS,
    "body": BODIES,
    "3.1": VERSION_3_1,
}
LINES: dict[str, Line] = {f"{kind}: {name}": line for kind, table in TABLES.items() for name, line in table.items()}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    build(SMALL, folder)
    return folder


@pytest.mark.parametrize("name", LINES)
def test_is_refused(name: str, output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit, pointer, message, remedy = LINES[name]
    before = contents(output)
    document = small()
    edit(document)
    broken = written(document, tmp_path / "small.json")

    assert main(["build", "--spec", str(broken), "--output", str(output)]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    what, _, rest = printed.err.partition("\n  Remedy: ")
    assert what.endswith(f"(at {pointer})"), printed.err
    assert message in what
    assert remedy in rest
    assert len(what) < 600
    assert rest.count("\n") == 1, "one problem, one message"
    line = int(what.removeprefix(f"{broken}:").split(":")[0])
    last = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    # A JSON array has no keys to look for; its line is that of the item.
    if last and not last.isdigit():
        assert f'"{last}":' in broken.read_text(encoding="utf-8").splitlines()[line - 1]
    assert contents(output) == before


def test_all_problems_are_named_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    document = small()
    edit = both(
        lambda d: label(d).pop("operationId"),
        field({"type": "string", "required": True}, "one"),
        field({"type": "array"}, "two"),
        field({"oneOf": "x"}, "three"),
        lambda d: d.update(security=[{"Nobody": []}]),
    )
    edit(document)
    with pytest.raises(SpecErrors) as caught:
        build(written(document, tmp_path / "small.json"), tmp_path / "generated")
    messages = caught.value.messages
    assert len(messages) == 5
    lines = [int(message.removeprefix(f"{tmp_path / 'small.json'}:").split(":")[0]) for message in messages]
    assert lines == sorted(lines)
    assert all("Remedy: " in message for message in messages)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("openapi: 3.0.3\npaths: {a: [}\n", ":2: This is not YAML"),
        ("openapi: 3.0.3\npaths: {}\npaths: {}\n", ":3: This is not YAML"),
        ("- 1\n", ":1: This is not an OpenAPI document"),
        ("openapi: 2.0\n", ":1: OpenAPI 2.0 is not supported"),
        ("\nopenapi: 3.1\n", ":2: `openapi` must be a string, not 3.1"),
        ("openapi: 3.2.0\n", ":1: OpenAPI 3.2.0 is not supported"),
        ("openapi: 3.0.3\npaths: &a {x: *a}\n", "a YAML alias leads back to itself"),
        ("openapi: 3.0.3\npaths:\n", "This must be"),
        ("openapi: 3.0.3\n", "There are no paths"),
        ("openapi: 3.0.3\nx-a:\n  - .inf\n", ":3: JSON has no number inf (at #/x-a/0)"),
        ("openapi: 3.0.3\npaths:\n\tx: 1\n", ":3: This is not YAML"),
        ("openapi: 3.0.3\npaths: {}\n---\na: 1\n", ":3: This is not YAML"),
        ("openapi: 3.0.3\npaths: !odd {}\n", "the tag !odd is not supported"),
        ("openapi: 3.0.3\npaths: !!binary aGk=\n", ":2: This is not YAML: the tag !!binary is not supported"),
        ("openapi: 3.0.3\npaths:\n  ? [a, b]\n  : {}\n", ":3: This is not YAML: a key is not a string"),
        (b"openapi:\n  \xff\n", ":2: This is not UTF-8 text"),
        ("openapi: 3.0.3\n".encode("utf-16"), ":1: This is not UTF-8 text"),
        (r'{"openapi": "3.0.3", "paths": {"/\ud83d": {}}}', "half of a surrogate pair"),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_refuses_a_file_that_is_not_a_description(
    text: str | bytes | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "spec.yaml"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main(["check", "--spec", str(path), "--output", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(str(path))
    assert message in error
    assert "Remedy: " in error


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
