# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class ContainerDetails(Model):
    """How the container of a job ended."""

    exit_code: float | None = field("exitCode", default=None)
    """Exit code of the container."""
    reason: str | None = field("reason", default=None)
    """Why the container ended, in the provider's words."""
