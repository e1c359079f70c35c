"""Edits of the small description, for the table of changes."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from generator.client.yaml_source import Source

SMALL = Path(__file__).parents[1] / "small.yaml"
Document = dict[str, Any]
Edit = Callable[[Document], object]
LABEL = "/shelves/{shelfId}/label"
SHELF = "/shelves/{shelfId}"


@cache
def _small() -> str:
    return json.dumps(Source(SMALL.read_text(encoding="utf-8")).value)


def small() -> Document:
    return json.loads(_small())


def written(document: Document, path: Path) -> Path:
    """The description as a file with one value to a line, so that lines can be told from each other."""
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False), encoding="utf-8")
    return path


def schemas(document: Document) -> Document:
    return document["components"]["schemas"]


def label(document: Document) -> Document:
    return document["paths"][LABEL]["get"]


def get_shelf(document: Document) -> Document:
    return document["paths"][SHELF]["get"]


def post_shelf(document: Document) -> Document:
    return document["paths"]["/shelves"]["post"]


def both(*edits: Edit) -> Edit:
    def edit(document: Document) -> None:
        for each in edits:
            each(document)

    return edit


def field(schema: Any, name: str = "odd", owner: str = "Shelf") -> Edit:
    """One more field; a description is added, since every field needs one."""
    if isinstance(schema, dict) and "$ref" not in schema:
        schema = {"description": "A field.", **schema}
    return lambda d: schemas(d)[owner]["properties"].update({name: schema})


def schema(name: str, value: Any) -> Edit:
    return lambda d: schemas(d).update({name: value})


def fields(**properties: Any) -> dict[str, Any]:
    """An object with these fields, described."""
    described = {wire: {"description": "A field.", **value} for wire, value in properties.items()}
    return {"type": "object", "description": "An object.", "properties": described}


def renamed(old: str, new: str) -> Edit:
    """A schema under another name, everywhere."""

    def edit(document: Document) -> None:
        text = json.dumps(document).replace(f'"#/components/schemas/{old}"', f'"#/components/schemas/{new}"')
        changed = json.loads(text)
        changed["components"]["schemas"] = {
            new if name == old else name: value for name, value in changed["components"]["schemas"].items()
        }
        document.clear()
        document.update(changed)

    return edit


def parameter(schema: Any, where: str = "query", name: str = "odd", **values: Any) -> Edit:
    """One more parameter of GET /shelves/{shelfId}/label."""
    return lambda d: label(d)["parameters"].append({"name": name, "in": where, "schema": schema, **values})


def item_parameter(name: str, where: str = "query", **values: Any) -> Edit:
    """One more parameter of GET /shelves/{shelfId}."""
    node = {"name": name, "in": where, "schema": {"type": "string"}, **values}
    return lambda d: get_shelf(d)["parameters"].append(node)


def listing_parameter(name: str, **values: Any) -> Edit:
    """One more parameter of GET /shelves."""
    node = {"name": name, "in": "query", "schema": {"type": "string"}, **values}
    return lambda d: d["paths"]["/shelves"]["get"]["parameters"].append(node)


def answer(media: str, schema: Any) -> Edit:
    """Another response of GET /shelves/{shelfId}/label."""
    return lambda d: label(d)["responses"]["200"].update(content={media: {"schema": schema}})


def answers(**by_code: Any) -> Edit:
    """Further responses of GET /shelves/{shelfId}/label."""
    return lambda d: label(d)["responses"].update({code[1:]: value for code, value in by_code.items()})


def body(media: str, schema: Any, required: bool = True, **values: Any) -> Edit:
    """Another body of POST /shelves."""
    node = {"required": required, "content": {media: {"schema": schema, **values}}}
    return lambda d: post_shelf(d).update(requestBody=node)


def route(path: str, method: str = "get", **values: Any) -> Edit:
    """Another route, with parameters for what is in braces."""
    named = re.findall(r"\{([^{}]+)\}", path)
    node = {
        "operationId": "oddRoute",
        "parameters": [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in named],
        "responses": {"204": {"description": "Done."}},
        **values,
    }
    return lambda d: d["paths"].setdefault(path, {}).update({method: node})


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
