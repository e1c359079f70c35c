"""The pages of the site that are made from the code are whole."""

import re
from pathlib import Path
from types import ModuleType

from ruamel.yaml import YAML

from generator.client.views import Views
from generator.documentation import reference_pages, route_table, undocumented, without_roles

ROOT = Path(__file__).parents[2]


def test_the_table_holds_every_route(htc_views: Views) -> None:
    table = route_table(htc_views)
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    assert len(rows) == len(htc_views.routes)
    body = "rescalehtc.models.md#rescalehtc_generated.models.htc_project_update.HTCProjectUpdate"
    answer = "rescalehtc.models.md#rescalehtc_generated.models.htc_project.HTCProject"
    assert (
        "| `PATCH /htc/projects/{projectId}` | `patch_htc_projects(session, project_id, payload)` "
        f"| [`HTCProjectUpdate`]({body}) | [`HTCProject`]({answer}) |"
    ) in rows
    assert any("`get_htc_projects(session)` |  | list of [`HTCProject`]" in row for row in rows)
    assert any("`get_htc_projects(session, project_id)` |  | [`HTCProject`]" in row for row in rows)


def test_every_link_of_the_table_leads_to_a_model(htc_views: Views) -> None:
    shown = set(re.findall(r"^::: (\S+)$", reference_pages()["reference/rescalehtc.models.md"], re.MULTILINE))
    linked = set(re.findall(r"\(rescalehtc\.models\.md#([\w.]+)\)", route_table(htc_views)))
    assert linked
    assert linked <= shown
    schemas = htc_views.spec.document["components"]["schemas"]
    assert {name for name, schema in schemas.items() if "properties" in schema or "enum" in schema} == {
        target.rpartition(".")[2] for target in shown
    }


def test_every_public_module_has_a_page() -> None:
    pages = reference_pages()
    assert {
        "reference/rescalehtc.api.md",
        "reference/rescalehtc.exceptions.md",
        "reference/rescalehtc.local.md",
    } <= set(pages)
    assert "::: rescalehtc_generated.functions\n" in pages["reference/rescalehtc.api.md"]
    assert not any("._" in page for page in pages)


def test_every_written_page_can_be_reached() -> None:
    settings = YAML(typ="safe").load((ROOT / "mkdocs.yml").read_text())
    written = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert set(re.findall(r"'([\w/-]+\.md)'", str(settings["nav"]))) == written
    assert settings["strict"] is True


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


def test_marks_of_sphinx_are_taken_off() -> None:
    assert without_roles("See :func:`find` and :class:`~a.b.C`.") == "See `find` and `C`."
    assert without_roles("<p>:attr:<code>x</code> is::</p>") == "<p><code>x</code> is:</p>"
