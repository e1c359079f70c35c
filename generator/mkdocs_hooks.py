"""Hooks of the documentation site: pages made from the code, and no public name without a docstring."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from generator.client.build import read
from generator.documentation import reference_pages, route_table, undocumented, without_roles

ROUTES = "reference/routes.md"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the generated pages into the navigation."""
    modules = [{path.removeprefix("reference/").removesuffix(".md"): path} for path in reference_pages()]
    config.nav = [*(config.nav or []), {"Reference": [{"Routes": ROUTES}, *modules]}]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, which stand nowhere on disk."""
    missing = undocumented()
    if missing:
        raise PluginError("These public names have no docstring: " + ", ".join(missing))
    pages = {**reference_pages(), ROUTES: route_table(read())}
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_content(html: str, **_: object) -> str:
    """Docstrings name functions and classes as Sphinx does."""
    return without_roles(html)
