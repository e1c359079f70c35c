"""Sync code follows from async code, and any difference is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.client import sync


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("async def f():\n    return await g()\n", "def f():\n    return g()\n"),
        ("async with a as b:\n    pass\n", "with a as b:\n    pass\n"),
        ("x = [i async for i in y]\n", "x = [i for i in y]\n"),
        ("f: Callable[[int], Awaitable[list[int]]] = g\n", "f: Callable[[int], list[int]] = g\n"),
        ("f: Awaitable[dict[str, list[int]]] | None\n", "f: dict[str, list[int]] | None\n"),
        ("s: AsyncHtcSession = AsyncSession\n", "s: HtcSession = Session\n"),
        ("x = await anext(it)\n", "x = next(it)\n"),
        ("from . import logs\n", "from . import logs\n"),
        ("from .concurrency import for_each\n", "from .concurrency import for_each\n"),
        ("from ..retry import x\n", "from .retry import x\n"),
        ("from ..._utils.aio.scheduling import x\n", "from .._utils.scheduling import x\n"),
        ("from ...aio.storage import x\n", "from ..storage import x\n"),
        ("from ...exceptions import y\n", "from ..exceptions import y\n"),
        ('"""Use ``await aio.get_htc_projects(session)``."""\n', '"""Use ``api.get_htc_projects(session)``."""\n'),
        (
            '"""async for line in aio.logs.follow(s): an async session."""\n',
            '"""for line in logs.follow(s): a session."""\n',
        ),
        ("x = 'await'  # await aio.submit()\n", "x = 'await'  # submit()\n"),
        ("awaited = asynchronous = 1\n", "awaited = asynchronous = 1\n"),
    ],
)
def test_how_a_line_is_derived(source: str, expected: str) -> None:
    assert sync.derive(source) == expected


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "rescalehtc" / "room" / "aio"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text('"""Async sources."""\n')
    (folder / "calls.py").write_text(
        '"""Calls."""\n\n\nasync def call() -> int:\n    """Call."""\n    return await other()\n'
    )
    (folder / "tasks.py").write_text(f'{sync.BY_HAND}: tasks are not threads.\n"""Tasks."""\n')
    return tmp_path / "rescalehtc"


@pytest.mark.slow
def test_a_derived_module_names_its_source(package: Path) -> None:
    assert sync.write(package) == 1
    text = (package / "room" / "calls.py").read_text()
    assert text.startswith("# Derived from rescalehtc/room/aio/calls.py by `make generate`. Do not edit.\n")
    assert "def call() -> int:\n" in text
    assert "async" not in text
    assert not (package / "room" / "tasks.py").exists()
    assert sync.check(package) == ""


@pytest.mark.slow
@pytest.mark.parametrize("change", ["edited", "missing", "left over"])
def test_any_difference_is_found(package: Path, change: str) -> None:
    sync.write(package)
    target = package / "room" / "calls.py"
    if change == "edited":
        target.write_text(target.read_text().replace("int", "str"))
    elif change == "missing":
        target.unlink()
    else:
        (package / "room" / "aio" / "calls.py").unlink()
    difference = sync.check(package)
    assert "rescalehtc/room/calls.py" in difference
    assert ("to be removed" in difference) == (change == "left over")


@pytest.mark.slow
def test_nothing_is_written_where_nothing_changed(package: Path) -> None:
    sync.write(package)
    target = package / "room" / "calls.py"
    before = target.stat().st_mtime_ns
    sync.write(package)
    assert target.stat().st_mtime_ns == before
