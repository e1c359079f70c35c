"""For programs that run as jobs: which job of a study this is, and its own parameters.

Needs only the standard library, and no other part of this package: if ``rescalehtc`` is not installed in the
image, copy this file next to your program. ::

    from rescalehtc import job_side

    print(job_side.index(), "of", job_side.count())
    solve(**job_side.parameters())
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

__all__ = ["count", "index", "parameters"]


def index() -> int:
    """Index of this job among all jobs of its definition, from 0.

    Raises:
        KeyError: This is not a job.
    """
    position = _position()
    indexes = os.environ.get("HTC_JOB_INDEXES")
    if indexes:
        return int(indexes.split(",")[position])
    return int(os.environ.get("HTC_JOB_INDEX_OFFSET", "0")) + position


def count() -> int:
    """Number of jobs of the definition.

    Raises:
        KeyError: This is not a job, or was not submitted with a ``JobDefinition``.
    """
    return int(os.environ["HTC_JOB_COUNT"])


def parameters(task_folder: str | None = None) -> dict[str, Any]:
    """This job's own parameters, as a dictionary; empty without any.

    If the parameters of a batch exceed 4 KB, they are in a file in the task's shared folder.

    Args:
        task_folder: Where that folder is mounted, if not at the path in ``TASK_SHARED_FOLDER``.

    Raises:
        KeyError: This is not a job.
        OSError: The file cannot be read.
    """
    text = os.environ.get("HTC_JOB_PARAMETERS")
    if not text:
        return {}
    if text.startswith("["):
        return json.loads(text)[_position()]
    folder = Path(task_folder or os.environ["TASK_SHARED_FOLDER"])
    if not folder.is_dir():
        raise OSError(
            f"{folder}, where {text} should be, is not a folder here. Mount the storage of the task, or pass its path."
        )
    with (folder / text).open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number == _position():
                return json.loads(line)
    raise OSError(f"{text} has no line for job {_position()}")


def _position() -> int:
    return int(os.environ["AWS_BATCH_JOB_ARRAY_INDEX"])
