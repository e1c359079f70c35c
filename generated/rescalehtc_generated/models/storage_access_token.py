# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import Model, field
from .cloud_provider import CloudProvider
from .rescale_region import RescaleRegion


class StorageAccessToken(Model):
    """Temporary credentials for a cloud provider's object storage, with the place for which they are
    valid.
    """

    credentials: dict[str, str] | None = field("credentials", default=None, sensitive=True)
    """The credentials by name, all secret. On AWS the names are those of its environment variables; the
    names on other clouds are not documented by the service.
    """
    expiration: datetime | None = field("expiration", default=None)
    """Time at which the credentials expire."""
    project_id: str | None = field("projectId", default=None)
    """Identifier of the project."""
    project_shared_storage_path: str | None = field("projectSharedStoragePath", default=None)
    """URL of the folder that all tasks of the project share."""
    provider: CloudProvider | str | None = field("provider", default=None)
    """Cloud provider of the storage."""
    region: RescaleRegion | str | None = field("region", default=None)
    """Region of the storage."""
    storage_name: str | None = field("storageName", default=None)
    """Name of the storage, such as a bucket."""
    user: str | None = field("user", default=None)
    """User in whose name the credentials act, as the provider knows it."""
