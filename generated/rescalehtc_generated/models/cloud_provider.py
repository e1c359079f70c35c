# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class CloudProvider(StrEnum):
    """Cloud provider. UNASSIGNED stands for none yet; what NGC and RC stand for is not documented by the
    service. The service can add values.
    """

    AWS = "AWS"
    GCP = "GCP"
    NGC = "NGC"
    AZURE = "AZURE"
    RC = "RC"
    COREWEAVE = "COREWEAVE"
    UNASSIGNED = "UNASSIGNED"
