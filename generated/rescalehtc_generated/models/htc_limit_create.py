# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .modifier_role import ModifierRole


class HTCLimitCreate(Model):
    """A limit to be set on a project."""

    modifier_role: ModifierRole | str = field("modifierRole")
    """Role in whose name the limit is set. An existing limit of the same role is overwritten."""
    vcpus: int = field("vCPUs")
    """Number of vCPUs that all jobs together may use at the same time. A stored limit lies between 0 and
    999999; what the service does with any other number is not known.
    """
