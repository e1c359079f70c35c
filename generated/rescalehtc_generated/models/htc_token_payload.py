# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field


class HTCTokenPayload(Model):
    """Claims of a bearer token. Claims that a user set when submitting a job appear as further fields
    named `userDefined_<name>`; accept any other field too.
    """

    user_full_name: str | None = field("userFullName", default=None)
    """Full name of the user."""
    user_email: str | None = field("userEmail", default=None)
    """E-mail address of the user."""
    workspace_name: str | None = field("workspaceName", default=None)
    """Name of the workspace."""
    workspace_id: str | None = field("workspaceId", default=None)
    """Identifier of the workspace."""
    organization_code: str | None = field("organizationCode", default=None)
    """Code of the organization, null if there is none."""
    groups: list[str] | None = field("groups", default=None)
    """Names of groups of the user. Meaning not documented by the service."""
