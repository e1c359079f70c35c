# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class Organization(Model):
    """An organization."""

    can_view_organization_jobs: bool | None = field("canViewOrganizationJobs", default=None)
    """Whether the user may see jobs of the whole organization."""
    code: str | None = field("code", default=None)
    """Code of the organization."""
