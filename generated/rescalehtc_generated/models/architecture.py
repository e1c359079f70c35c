# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Architecture: see the class."""

from __future__ import annotations

from enum import StrEnum

from ..types import Members, enum_reader


class Architecture(StrEnum):
    """Processor architecture: AARCH64 (64-bit Arm), X86, or A100; what A100 stands for is not documented
    by the service. The service can add values.
    """

    AARCH64 = "AARCH64"
    X86 = "X86"
    A100 = "A100"


architecture_members = Members(Architecture)
read_architecture = enum_reader(architecture_members, str)
