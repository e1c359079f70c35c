# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import ABSENT, Model, field


class HTCImages(Model):
    """The images in a project's container registry."""

    container_registry: str | None = field("containerRegistry", default=None)
    """Address of the registry, the prefix of image names."""
    images: list[str] = field("images", default=ABSENT)
    """Names of the images, each as repository and tag."""
