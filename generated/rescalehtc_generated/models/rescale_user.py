# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RescaleUser: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import itemgetter
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
from .organization import Organization, read_organization
from .workspace import Workspace, read_workspace


@attrs.define(kw_only=True, repr=False)
class RescaleUser(Model):
    """A user with roles, workspace and organization."""

    email: str | None = None
    """E-mail address."""
    full_name: str | None = None
    """Full name."""
    is_organization_admin: bool | None = None
    """Whether the user administers the organization."""
    is_rescale_admin: bool | None = None
    """Whether the user administers Rescale itself."""
    is_superuser: bool | None = None
    """Whether the user is a superuser. What that allows is not documented by the service."""
    is_workspace_admin: bool | None = None
    """Whether the user administers the workspace."""
    organization: Organization | None = None
    """Organization of the user."""
    organization_admin: bool | None = None
    """Second name that the description of the service has for `isOrganizationAdmin`."""
    rescale_admin: bool | None = None
    """Second name that the description of the service has for `isRescaleAdmin`."""
    superuser: bool | None = None
    """Second name that the description of the service has for `isSuperuser`."""
    user_id: str | None = None
    """Identifier of the user, as found in `createdBy` fields."""
    workspace: Workspace | None = None
    """Workspace of the credential."""
    workspace_admin: bool | None = None
    """Second name that the description of the service has for `isWorkspaceAdmin`."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "email": "email",
        "fullName": "full_name",
        "isOrganizationAdmin": "is_organization_admin",
        "isRescaleAdmin": "is_rescale_admin",
        "isSuperuser": "is_superuser",
        "isWorkspaceAdmin": "is_workspace_admin",
        "organization": "organization",
        "organizationAdmin": "organization_admin",
        "rescaleAdmin": "rescale_admin",
        "superuser": "superuser",
        "userId": "user_id",
        "workspace": "workspace",
        "workspaceAdmin": "workspace_admin",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 13 else _NAMES | data
        try:
            (
                model.email,
                model.full_name,
                model.is_organization_admin,
                model.is_rescale_admin,
                model.is_superuser,
                model.is_workspace_admin,
                model.organization,
                model.organization_admin,
                model.rescale_admin,
                model.superuser,
                model.user_id,
                model.workspace,
                model.workspace_admin,
            ) = _values(sent)
            model.organization = read_organization(model.organization)
            model.workspace = read_workspace(model.workspace)
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_rescale_user = model_reader(RescaleUser)
_NAMES = wire_names(RescaleUser)
_LAYOUTS = Layouts(RescaleUser.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "organization": read_organization,
        "workspace": read_workspace,
    }
