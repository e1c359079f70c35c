# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""POST /htc/projects: Create a project"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...client import Call, Route, object_decoder
from ...json_codec import encode_json
from ...models.htc_project import HTCProject

ROUTE: Route[HTCProject] = Route(
    operation_id="createProject",
    function="post_htc_projects",
    method="POST",
    path="/htc/projects",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCProject),
)


def call(
    payload: HTCProject | Mapping[str, Any],
) -> Call[HTCProject]:
    """Build a call of this route; see :func:`~rescalehtc.api.post_htc_projects`."""
    return Call(
        ROUTE,
        "/htc/projects",
        body=encode_json(payload),
    )
