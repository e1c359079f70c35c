"""Folders of the server: what jobs share, where jobs work, and what presigned URLs read and write.

    <root>/storage/projects/<project>/shared/         PROJECT_SHARED_FOLDER
    <root>/storage/projects/<project>/tasks/<task>/   TASK_SHARED_FOLDER
    <root>/jobs/<number>/                             working folder of one job, gone when the job has ended

A presigned URL of a project or a task is for a file in these very folders, so that a job finds what was uploaded
and a client can fetch what a job left behind. That is the local server's own arrangement.
"""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from rescalehtc.local._http import bad_request


class Files:
    """The folders below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._storage = self.root / "storage"
        self._jobs = self.root / "jobs"
        # What a killed server left there belongs to jobs that are dead.
        shutil.rmtree(self._jobs, ignore_errors=True)
        self._storage.mkdir(parents=True, exist_ok=True)
        self._jobs.mkdir()
        self._made: set[Path] = set()

    @staticmethod
    def project_key(project_id: str) -> str:
        return f"projects/{project_id}/shared"

    @staticmethod
    def task_key(project_id: str, task_id: str) -> str:
        return f"projects/{project_id}/tasks/{task_id}"

    def folder(self, key: str) -> Path:
        """The folder of a project or task, made when it is first needed."""
        path = self._storage / key
        if path not in self._made:
            path.mkdir(parents=True, exist_ok=True)
            self._made.add(path)
        return path

    def locate(self, key: str) -> Path:
        """The file that a storage key names.

        Raises:
            Refusal: 400 where the key leads, by its words or by a link that a job has made, out of the storage.
        """
        path = self._storage / key
        if not path.resolve().is_relative_to(self._storage):
            raise bad_request("The path leads out of the storage.", "INVALID_PATH")
        return path

    def drop(self, key: str) -> Path | None:
        """Take a folder out of sight; the caller removes what is returned."""
        path = self._storage / key
        self._made.discard(path)
        if not path.exists():
            return None
        doomed = self._jobs / f"dropped-{path.name}"
        path.rename(doomed)
        return doomed

    def work_folder(self, number: int) -> Path:
        path = self._jobs / str(number)
        path.mkdir()
        return path


def clean_path(text: str) -> str:
    """`text` as a relative path with plain parts.

    Raises:
        Refusal: 400 where a part is `..`, or where the text cannot name a file.
    """
    parts = [part for part in PurePosixPath(text.replace("\\", "/")).parts if part != "/"]
    if not parts or ".." in parts or "\0" in text or any(len(part.encode("utf-8", "replace")) > 255 for part in parts):
        raise bad_request("filePath must name a file below the folder of its project or task.", "INVALID_PATH")
    return "/".join(parts)
