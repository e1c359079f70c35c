# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .cloud_provider import CloudProvider
from .rescale_region import RescaleRegion


class RegionalStore(Model):
    """Storage of a task in one region, with credentials."""

    credentials: dict[str, str] | None = field("credentials", default=None, sensitive=True)
    """The credentials by name, all secret. On AWS the names are those of its environment variables; the
    names on other clouds are not documented by the service.
    """
    project_path: str | None = field("projectPath", default=None)
    """Where the project keeps its files."""
    provider: CloudProvider | str | None = field("provider", default=None)
    """Cloud provider of the storage."""
    region: RescaleRegion | str | None = field("region", default=None)
    """Region of the storage."""
    task_path: str | None = field("taskPath", default=None)
    """Where the task keeps its files."""
