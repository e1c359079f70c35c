# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class CloudProvider(StrEnum):
    """Cloud provider. UNASSIGNED means none yet; what NGC and RC mean is not documented by the service.
    The service can add values.
    """

    AWS = "AWS"
    GCP = "GCP"
    NGC = "NGC"
    AZURE = "AZURE"
    RC = "RC"
    COREWEAVE = "COREWEAVE"
    UNASSIGNED = "UNASSIGNED"
