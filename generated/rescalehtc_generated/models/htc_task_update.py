# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .lifecycle_status import LifecycleStatus


class HTCTaskUpdate(Model):
    """Change of a task's state."""

    lifecycle_status: LifecycleStatus | str = field("lifecycleStatus")
    """The wanted state: ARCHIVED to archive an active task, ACTIVE to bring an archived one back."""
