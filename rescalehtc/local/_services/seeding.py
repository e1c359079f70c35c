"""Projects, tasks and images from a file, so that a server begins with them.

    {"projects": [{
        "projectName": "wing", "projectDescription": "…", "regions": […],
        "repositories": ["solver"],
        "limits": [{"modifierRole": "PROJECT_ADMIN", "vCPUs": 8}],
        "tasks": [{"taskName": "sweep", "taskDescription": "…"}]
    }]}

Projects, limits and tasks have the fields that the API takes to create them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .._handlers import load_handlers
from .._handlers.registry import handler_of
from .._server_state import ServerState
from .._wire.messages import ApiError, Call
from .._wire.spec import first_problem
from .._wire.types import Json, JsonObject

_OF_PROJECT = ("repositories", "limits", "tasks")


def seed(state: ServerState, path: Path) -> None:
    """Create what the file lists.

    Raises:
        ValueError: if the file has another form; the message names the place. Nothing is created then.
    """
    load_handlers()
    try:
        content: JsonObject = json.loads(path.read_text("utf-8"))
        with state.transaction():
            _refuse_unknown(content, ["projects"], path.name)
            for number, project in enumerate(content["projects"]):
                _create_project(state, project, f"projects/{number}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        form = "" if isinstance(error, ValueError) else " does not have the form that the documentation shows"
        raise ValueError(f"{path}{form}: {error}") from error


def _create_project(state: ServerState, project: JsonObject, place: str) -> None:
    _refuse_unknown(project, [*state.spec.operations["createProject"].body_fields, *_OF_PROJECT], place)
    wanted = {name: value for name, value in project.items() if name not in _OF_PROJECT}
    made = json.loads(_execute(state, place, "createProject", wanted))
    project_id: str = made["projectId"]
    for name in project.get("repositories", []):
        _execute(state, f"{place}/repositories", "createRepository", None, projectId=project_id, repoName=name)
    for limit in project.get("limits", []):
        _execute(state, f"{place}/limits", "createProjectLimit", limit, projectId=project_id)
    for task in project.get("tasks", []):
        _execute(state, f"{place}/tasks", "createTask", task, projectId=project_id)


def _refuse_unknown(given: JsonObject, known: list[str], place: str) -> None:
    """The API accepts fields that it does not know; in a file, they are misspelled."""
    for name in given:
        if name not in known:
            raise ValueError(f"{place}: there is no field {name!r}; the fields are {', '.join(known)}")


def _execute(state: ServerState, place: str, operation_id: str, body: Json, **path: str) -> Any:
    operation = state.spec.operations[operation_id]
    if operation.body is not None and (problem := first_problem(operation.body, body)) is not None:
        raise ValueError(f"{place}: {problem}")
    if body is not None:
        _refuse_unknown(body, operation.body_fields, place)
    call = Call(operation=operation, path=dict(path), origin=state.origin, target="", headers={}, body=body)
    try:
        return handler_of(operation_id)(state, call)
    except ApiError as error:
        raise ValueError(f"{place}: {error.description}") from error
