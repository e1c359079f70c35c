# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class RescaleRegion(StrEnum):
    """Region of a cloud provider, as found in responses and request bodies. UNASSIGNED means none yet. The
    service can add values.
    """

    AWS_AP_SOUTHEAST_1 = "AWS_AP_SOUTHEAST_1"
    AWS_CA_CENTRAL_1 = "AWS_CA_CENTRAL_1"
    AWS_EU_NORTH_1 = "AWS_EU_NORTH_1"
    AWS_EU_CENTRAL_1 = "AWS_EU_CENTRAL_1"
    AWS_EU_WEST_1 = "AWS_EU_WEST_1"
    AWS_EU_WEST_2 = "AWS_EU_WEST_2"
    AWS_EU_WEST_3 = "AWS_EU_WEST_3"
    AWS_SA_EAST_1 = "AWS_SA_EAST_1"
    AWS_US_EAST_2 = "AWS_US_EAST_2"
    AWS_US_WEST_2 = "AWS_US_WEST_2"
    AWS_US_EAST_1 = "AWS_US_EAST_1"
    GCP_ASIA_SOUTHEAST_1 = "GCP_ASIA_SOUTHEAST_1"
    GCP_US_CENTRAL_1 = "GCP_US_CENTRAL_1"
    GCP_US_EAST_1 = "GCP_US_EAST_1"
    GCP_US_EAST_2 = "GCP_US_EAST_2"
    GCP_US_EAST_4 = "GCP_US_EAST_4"
    GCP_US_WEST_1 = "GCP_US_WEST_1"
    GCP_US_WEST_4 = "GCP_US_WEST_4"
    GCP_EU_WEST_1 = "GCP_EU_WEST_1"
    GCP_EU_WEST_2 = "GCP_EU_WEST_2"
    GCP_EU_WEST_3 = "GCP_EU_WEST_3"
    GCP_EU_WEST_4 = "GCP_EU_WEST_4"
    GCP_CA_CENTRAL_1 = "GCP_CA_CENTRAL_1"
    NGC_ENOCH_1 = "NGC_ENOCH_1"
    AZURE_US_WEST_2 = "AZURE_US_WEST_2"
    AZURE_US_EAST_2 = "AZURE_US_EAST_2"
    AZURE_US_SOUTHCENTRAL = "AZURE_US_SOUTHCENTRAL"
    AZURE_EU_NORTH = "AZURE_EU_NORTH"
    RC_ICELAND_1 = "RC_ICELAND_1"
    COREWEAVE_US_EAST_4 = "COREWEAVE_US_EAST_4"
    UNASSIGNED = "UNASSIGNED"
