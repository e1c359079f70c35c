# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class AutoscalingConfig(Model):
    """How far a node pool grows and shrinks by itself."""

    enabled: bool | None = field("enabled", default=None)
    """Whether the pool grows and shrinks by itself."""
    max_node_count: int | None = field("maxNodeCount", default=None)
    """Largest number of nodes."""
    min_node_count: int | None = field("minNodeCount", default=None)
    """Smallest number of nodes."""
