# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class ExperimentalFields(Model):
    """Switches for experimental features."""

    cloud_file_systems: bool | None = field("cloudFileSystems", default=None)
    """Meaning not documented by the service."""
    kubernetes_swap: bool | None = field("kubernetesSwap", default=None)
    """Meaning not documented by the service."""
    privileged_mode: bool | None = field("privilegedMode", default=None)
    """Meaning not documented by the service."""
    rescale_files_rdf_agent: bool | None = field("rescaleFilesRDFAgent", default=None)
    """Meaning not documented by the service."""
