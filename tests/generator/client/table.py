"""A line of the table of changes: an edit of the small description, a call, what is sent and what comes back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from edits import Edit, fields, ref

TEXT = {"type": "string"}
NUMBERS = {"type": "array", "items": {"type": "integer"}}
NAMES = {"type": "array", "items": TEXT}
BYTES = {"type": "string", "format": "binary"}
ANIMALS = {
    "Cat": fields(kind=TEXT, lives={"type": "integer"}),
    "Dog": fields(kind=TEXT, barks={"type": "boolean"}),
}
CAT_OR_DOG = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}}


@dataclass
class Case:
    """A change that is built.

    Attributes:
        edit: The change.
        call: The call, with the package's functions, its models and a session.
        sent: What the server must see: method and target, and in further lines headers.
        body: Body that the server must see: JSON, bytes, or a function of bytes and media type that says.
        answer: Body of the response: bytes, or JSON.
        media: Its media type.
        status: Its status.
        gives: What the result must be, or a function that checks it.
    """

    edit: Edit
    call: Callable[[Any, Any, Any], Any]
    sent: str
    body: Any = None
    answer: Any = field(default_factory=dict[str, Any])
    media: str = "application/json"
    status: int = 200
    gives: Any = field(default=lambda _: True)


def queried(edit: Edit, sent: str, /, **arguments: Any) -> Case:
    """A case of GET /shelves/s/label with arguments, seen as a query."""
    target = f"GET /shelves/s/label{'?' if sent else ''}{sent}"
    return Case(
        edit, lambda api, models, s: api.get_shelves_label(s, "s", **arguments), target, answer=b"", media="text/plain"
    )


def answered(edit: Edit, answer: Any, gives: Any, media: str = "application/json", status: int = 200) -> Case:
    """A case of GET /shelves/s/label with another answer."""
    return Case(
        edit,
        lambda api, models, s: api.get_shelves_label(s, "s"),
        "GET /shelves/s/label",
        answer=answer,
        media=media,
        status=status,
        gives=gives,
    )


def read_back(edit: Edit, sent: Any, gives: Callable[[Any, Any], bool] | None = None) -> Case:
    """A case of POST /shelves with a field ``odd``, which comes back."""

    def call(api: Any, models: Any, s: Any) -> bool:
        given = models.Shelf.from_dict({"title": "t", "odd": sent})
        result = api.post_shelves(s, given)
        return result.to_dict() == given.to_dict() and (gives is None or gives(models, result.odd))

    shelf = {"title": "t", "odd": sent}
    return Case(edit, call, "POST /shelves", body=shelf, answer=shelf, gives=True)


def uploaded(edit: Edit, payload: Callable[[], Any], expected: Any, sent: str = "POST /shelves") -> Case:
    """A case of POST /shelves with another body."""
    return Case(edit, lambda api, models, s: api.post_shelves(s, payload()), sent, expected)
