# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class HTCLimitUpdate(Model):
    """Change to a limit."""

    vcpus: int = field("vCPUs")
    """Number of vCPUs that all jobs together may use at the same time. A stored limit lies between 0 and
    999999; what the service does with any other number is not known.
    """
