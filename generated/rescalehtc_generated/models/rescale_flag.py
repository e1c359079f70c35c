# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class RescaleFlag(Model):
    """A feature flag."""

    name: str | None = field("name", default=None)
    """Name of the flag."""
    value: bool | None = field("value", default=None)
    """Whether it is on for the user."""
