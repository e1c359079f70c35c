# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .json_web_key import JsonWebKey


class JsonWebKeySet(Model):
    """The keys that sign bearer tokens."""

    json_web_keys: list[JsonWebKey] | None = field("jsonWebKeys", default=None)
    """The keys in a second place; read `keys` first."""
    keys_: list[JsonWebKey] | None = field("keys", default=None)
    """The keys, under the standard name of RFC 7517."""
