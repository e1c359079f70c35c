# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class NameValuePair(Model):
    """A claim that a user adds to the bearer token of a job."""

    name: str = field("name")
    """Name of the claim; it appears in the token as `userDefined_<name>`."""
    value: str = field("value", sensitive=True)
    """Value of the claim."""
