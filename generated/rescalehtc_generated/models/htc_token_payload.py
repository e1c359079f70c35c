# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCTokenPayload: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class HTCTokenPayload(Model):
    """Claims of a bearer token. Claims that a user set when submitting a job appear as further fields
    named `userDefined_<name>`; accept any other field too.
    """

    user_full_name: str | None = None
    """Full name of the user."""
    user_email: str | None = None
    """E-mail address of the user."""
    workspace_name: str | None = None
    """Name of the workspace."""
    workspace_id: str | None = None
    """Identifier of the workspace."""
    organization_code: str | None = None
    """Code of the organization, null without one."""
    groups: list[str] | None = None
    """Names of groups of the user. Meaning not documented by the service."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "userFullName": "user_full_name",
        "userEmail": "user_email",
        "workspaceName": "workspace_name",
        "workspaceId": "workspace_id",
        "organizationCode": "organization_code",
        "groups": "groups",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 6 else _NAMES | data
        try:
            model.user_full_name = sent["userFullName"]
            model.user_email = sent["userEmail"]
            model.workspace_name = sent["workspaceName"]
            model.workspace_id = sent["workspaceId"]
            model.organization_code = sent["organizationCode"]
            model.groups = sent["groups"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_token_payload = model_reader(HTCTokenPayload)
_NAMES = wire_names(HTCTokenPayload)
_LAYOUTS = Layouts(HTCTokenPayload.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
