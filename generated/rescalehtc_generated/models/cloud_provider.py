# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""CloudProvider: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import Members, enum_reader


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


cloud_provider_members = Members(CloudProvider)
read_cloud_provider = enum_reader(cloud_provider_members, str)
