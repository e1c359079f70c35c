# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class EnvPair(Model):
    """An environment variable of a job's container."""

    name: str = field("name")
    """Name of the variable. Names that the service sets itself are refused: any that contain `AWS_BATCH_`,
    and any that begin with one of the other names in the pattern.
    """
    value: str = field("value", sensitive=True)
    """Value of the variable."""
