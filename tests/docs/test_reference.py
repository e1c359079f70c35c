"""The reference shows every public name once, and the table of routes leads to all functions and models."""

from __future__ import annotations

import re
from collections import Counter
from types import ModuleType

import pytest

from generator.changes.surface import surface
from generator.client.build import read
from generator.documentation import reference_pages, undocumented

pytestmark = pytest.mark.slow

# The entries of a page, such as ``.. autoclass:: rescalehtc.models.HTCJob``.
ENTRY = re.compile(r"^\.\. auto(?:class|data|function):: (rescalehtc\.\S+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return reference_pages()


def test_every_public_name_has_one_place(pages: dict[str, str]) -> None:
    shown = Counter(name for text in pages.values() for name in ENTRY.findall(text))
    assert shown.most_common(1)[0][1] == 1
    lines = [line.partition(" ") for line in surface().splitlines() if not line.startswith("#")]
    modules = {"rescalehtc"} | {name for name, _, what in lines if what == "module"}
    offered = {
        name.partition("#")[0]
        for name, _, what in lines
        if name.rpartition(".")[0] in modules
        and what != "module"
        and not what.startswith("= ")
        and name[-1] not in "*)"
    }
    assert set(shown) == offered


def test_no_page_is_too_long_to_read(pages: dict[str, str]) -> None:
    longest = max(len(ENTRY.findall(text)) for text in pages.values())
    assert longest <= 40
    assert {
        "reference/api/job-functions.rst",
        "reference/aio/job-functions.rst",
        "reference/models/job-models.rst",
    } <= set(pages)


def test_every_page_can_be_reached(pages: dict[str, str]) -> None:
    linked = {f"{target}.rst" for text in pages.values() for target in re.findall(r"^   /(\S+)$", text, re.MULTILINE)}
    assert linked | {"reference/index.rst"} == set(pages)


def test_the_tables_hold_every_route(pages: dict[str, str]) -> None:
    tables = pages["reference/routes.rst"]
    assert re.findall(r"^   \* - ``(.+)``$", tables, re.MULTILINE)[0] == "GET /.well-known/jwks.json"
    rows = set(re.findall(r"^   \* - ``(.+)``$", tables, re.MULTILINE))
    assert rows == {route.title for route in read().routes}
    row = tables.partition("   * - ``PATCH /htc/projects/{projectId}``\n")[2].splitlines()[:3]
    assert row == [
        "     - :func:`~rescalehtc.api.patch_htc_projects`",
        "     - :class:`~rescalehtc.models.HTCProjectUpdate`",
        "     - :class:`~rescalehtc.models.HTCProject`",
    ]


def test_every_link_of_the_tables_leads_to_an_entry(pages: dict[str, str]) -> None:
    links = set(re.findall(r":(?:func|class):`~(\S+)`", pages["reference/routes.rst"]))
    assert len(links) > 40
    assert links <= {name for text in pages.values() for name in ENTRY.findall(text)}


def test_a_name_without_a_docstring_is_found() -> None:
    source = '''
"""A module."""
class Good:
    """Documented."""
    def method(self) -> None:
        """Documented."""
    @property
    def bare_property(self) -> int: return 1
    def bare_method(self) -> None: ...
    def _private(self) -> None: ...
class Bare:
    pass
def function() -> None: ...
'''
    module = ModuleType("rescalehtc_example")
    module.__doc__ = "A module."
    exec(source, module.__dict__)
    assert undocumented([module]) == [
        "rescalehtc_example.Bare",
        "rescalehtc_example.Good.bare_method",
        "rescalehtc_example.Good.bare_property",
        "rescalehtc_example.function",
    ]


def test_every_public_name_has_a_docstring() -> None:
    assert undocumented() == []
