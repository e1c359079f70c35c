"""Sphinx: the guide is written in Markdown, the reference comes from the docstrings."""

from __future__ import annotations

import enum
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from generator.documentation import reference_pages, undocumented  # noqa: E402
from rescalehtc import __version__  # noqa: E402

project = "rescalehtc"
author = "The rescalehtc developers"
copyright = author
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["surface.txt"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["epub.unknown_project_files"]

add_module_names = False
autodoc_typehints_format = "short"
default_role = "code"
python_display_short_literal_types = True
python_maximum_signature_line_length = 88
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_theme = "pydata_sphinx_theme"
html_title = f"rescalehtc {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_search_scorer = str(HERE / "scorer.js")
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "navbar_align": "left",
    "navigation_with_keys": False,
    "show_toc_level": 2,
    "header_links_before_dropdown": 6,
    "icon_links": [],
    "footer_start": ["copyright"],
    "footer_end": ["theme-version"],
    "secondary_sidebar_items": ["page-toc"],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def write_reference(app: Sphinx) -> None:
    """Write the pages that are made from the code; they are not committed."""
    if missing := undocumented():
        raise ExtensionError("These public names have no docstring: " + ", ".join(missing))
    pages = reference_pages()
    folder = HERE / "reference"
    for old in folder.rglob("*.rst"):
        if old.relative_to(HERE).as_posix() not in pages:
            old.unlink()
    for name, text in pages.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Sphinx does not read an unchanged page again.
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def hide_call_of_enum(*event: object) -> tuple[str, None] | None:
    """Users do not call an enum, so its signature is hidden."""
    _, _, _, value, _, _, _ = event
    return ("", None) if isinstance(value, enum.EnumType) else None


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("builder-inited", write_reference)
    app.connect("autodoc-process-signature", hide_call_of_enum)
