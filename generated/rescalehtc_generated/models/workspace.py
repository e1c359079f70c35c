# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class Workspace(Model):
    """A workspace."""

    id: str | None = field("id", default=None)
    """Identifier of the workspace."""
    name: str | None = field("name", default=None)
    """Name of the workspace."""
