"""`check` sees every deviation from what a build leaves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.client.build import PACKAGE, build, check

pytestmark = pytest.mark.slow


def crlf(package: Path) -> None:
    path = package / "functions.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def executable(package: Path) -> None:
    (package / "client.py").chmod(0o755)


def binary(package: Path) -> None:
    (package / "core").write_bytes(b"\x7fELF\xff")


def beside(package: Path) -> None:
    (package.parent / "notes.txt").write_text("mine")


def edited(package: Path) -> None:
    with (package / "py.typed").open("a") as file:
        file.write("# by hand\n")


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (crlf, "functions.py has different line endings"),
        (executable, "client.py is executable"),
        (binary, "core is not text (to be removed)"),
        (beside, "notes.txt does not belong here"),
        (edited, "-# by hand"),
    ],
)
def test_check_sees(
    change: Callable[[Path], None], shown: str, small_with: Callable[..., Path], tmp_path: Path
) -> None:
    spec, output = small_with(), tmp_path / "generated"
    build(spec, output)
    assert check(spec, output) == ""
    change(output / PACKAGE)
    assert shown in check(spec, output)


def test_a_build_repairs_everything_but_files_next_to_the_package(
    small_with: Callable[..., Path], tmp_path: Path
) -> None:
    spec, output = small_with(), tmp_path / "generated"
    build(spec, output)
    for change in (crlf, executable, binary, edited):
        change(output / PACKAGE)
    build(spec, output)
    assert check(spec, output) == ""
