# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class Tag(Model):
    """A label on a job, for the user's own purposes."""

    key: str | None = field("key", default=None)
    """Name of the label."""
    value: str | None = field("value", default=None)
    """Value of the label."""
