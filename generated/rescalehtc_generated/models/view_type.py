# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class ViewType(StrEnum):
    """How much of each job a list holds. Which fields SIMPLE omits is not documented by the service."""

    FULL = "FULL"
    SIMPLE = "SIMPLE"
