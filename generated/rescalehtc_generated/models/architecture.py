# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from enum import StrEnum


class Architecture(StrEnum):
    """Processor architecture: AARCH64 (64-bit Arm), X86, or A100; what A100 means is not documented by the
    service. The service can add values.
    """

    AARCH64 = "AARCH64"
    X86 = "X86"
    A100 = "A100"
