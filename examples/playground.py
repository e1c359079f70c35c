"""A project, a task and an image for the other examples.

The examples take the service and the credentials from the environment. To try them without an account, start a local
server, ``python -m rescalehtc.local``, and set ``RESCALE_HTC_API_URL`` and ``RESCALE_API_TOKEN`` to what it prints.
On the service itself, push an image with Python and a shell to the project first, and name it in ``HTC_IMAGE``.
"""

from __future__ import annotations

import os

from rescalehtc import HtcSession, api, htcprojects, htctasks

PROJECT = "examples"
IMAGE = os.environ.get("HTC_IMAGE", "examples:latest")


def make_task(session: HtcSession, name: str) -> htctasks.HtcTask:
    """A new task in the project of the examples, which is created if it does not exist."""
    project = htcprojects.get_project_with_name(session, PROJECT)
    if project is None:
        project = htcprojects.create_project_with_name(session, PROJECT, "For the examples")
        # On a local server this creates an image too.
        api.post_htc_projects_container_registry_repo(session, project.project_id, IMAGE.partition(":")[0])
    return htctasks.create_task_with_name(session, project, name)
