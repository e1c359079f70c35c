"""Folders of the server: what jobs share, where jobs work, and what storage requests read and write.

    <root>/storage/projects/<project>/shared/         PROJECT_SHARED_FOLDER
    <root>/storage/projects/<project>/tasks/<task>/   TASK_SHARED_FOLDER
    <root>/jobs/<number>.<attempt>/                   working folder of a job, removed when the attempt has ended

These folders are the storage of a project or a task, so that a job finds what was uploaded and a client can
download what a job left behind.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from .._wire.messages import ApiError, bad_request

#: Longest key in bytes, as with S3.
_MAX_KEY = 1024

#: An upload in parts, and a file that is being received.
_OURS_IN_UPLOADS = re.compile(r"upload-([0-9a-f]{32}|[a-z0-9_]{8})")
_OURS_IN_JOBS = re.compile(r"[0-9]+(\.[0-9]+)?|dropped-[0-9a-f]{32}")


class Files:
    """The folders below ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.storage = root / "storage"
        self._jobs = root / "jobs"
        self._uploads = root / "uploads"
        for folder in (self.storage, self._jobs, self._uploads):
            folder.mkdir(mode=0o700, exist_ok=True)
        # Files that a killed server left there belong to dead jobs and uploads.
        for entry in self._jobs.iterdir():
            if _OURS_IN_JOBS.fullmatch(entry.name):
                shutil.rmtree(entry, ignore_errors=True)
        for entry in self._uploads.iterdir():
            if not _OURS_IN_UPLOADS.fullmatch(entry.name):
                continue
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)

    @staticmethod
    def project_key(project_id: str) -> str:
        return f"projects/{project_id}/shared"

    @staticmethod
    def task_key(project_id: str, task_id: str) -> str:
        return f"projects/{project_id}/tasks/{task_id}"

    def folder(self, key: str) -> Path:
        """The folder of a project or task, created when it is first needed, and again if somebody removed it."""
        path = self.storage / key
        path.mkdir(parents=True, exist_ok=True)
        return path

    def locate(self, key: str) -> Path:
        """The file that a storage key names.

        Raises:
            ApiError: 400 if the key leads out of the storage, by itself or through a link that a job has made.
        """
        try:
            path = (self.storage / key).resolve()
        except (OSError, ValueError, RuntimeError):  # a loop of links, a null byte
            path = Path("/")
        if not path.is_relative_to(self.storage):
            raise bad_request("The path leads out of the storage.", "INVALID_PATH")
        return path

    def remove(self, key: str) -> None:
        """Remove a file, a link (not what it leads to), or, if the key ends with a slash, an empty folder.

        Raises:
            ApiError: 400 if the key leads out of the storage.
        """
        folder, _, name = key.rstrip("/").rpartition("/")
        path = self.locate(folder) / name
        with contextlib.suppress(NotADirectoryError):  # it would be below a file
            if path.is_symlink() or not path.is_dir():
                path.unlink(missing_ok=True)
            elif key.endswith("/") and not any(path.iterdir()):
                path.rmdir()

    def regular_file(self, key: str) -> tuple[Path, os.stat_result]:
        """A file that can be served.

        Raises:
            ApiError: 404 if it is missing, unreadable, or not a regular file: a pipe or a device would never end.
        """
        path = self.locate(key)
        try:
            found = path.stat()
            if stat.S_ISREG(found.st_mode) and os.access(path, os.R_OK):
                return path, found
        except OSError:
            pass
        raise ApiError(404, "NO_SUCH_FILE", "")

    def walk(self, key: str) -> Iterator[tuple[str, os.stat_result]]:
        """Every regular file below the folder ``key``, with its own key, in the order of the keys.

        Files whose names are not UTF-8 are omitted: no key could name them.
        """
        top = self.storage / key
        found: list[tuple[str, os.stat_result]] = []
        for folder, _, names in os.walk(top):
            for name in names:
                path = Path(folder) / name
                own = str(path.relative_to(self.storage))
                try:
                    own.encode()
                    info = path.lstat()
                except (OSError, UnicodeError):  # vanished meanwhile, or not UTF-8
                    continue
                if stat.S_ISREG(info.st_mode):
                    found.append((own, info))
        yield from sorted(found, key=lambda entry: entry[0])

    def upload(self, key: str) -> Upload:
        return Upload(self._uploads, self.locate(key))

    def begin_parts(self, key: str) -> str:
        """Begin an upload in parts, and return its ID."""
        upload_id = uuid.uuid4().hex
        folder = self._uploads / f"upload-{upload_id}"
        folder.mkdir()
        (folder / "key").write_text(key, "utf-8")
        return upload_id

    def parts_folder(self, upload_id: str) -> Path | None:
        """Where the parts of an upload are, or None if there is no such upload."""
        folder = self._uploads / f"upload-{upload_id}"
        return folder if re.fullmatch(r"[0-9a-f]{32}", upload_id) and folder.is_dir() else None

    @staticmethod
    def upload_part(folder: Path, number: int) -> Upload:
        return Upload(folder, folder / f"{number}.part")

    def end_parts(self, upload_id: str) -> None:
        shutil.rmtree(self._uploads / f"upload-{upload_id}", ignore_errors=True)

    def clear_storage(self) -> None:
        """Remove all files of projects and tasks, and their images."""
        for folder in ("projects", "registry"):
            self.remove_folder(folder)

    def remove_folder(self, key: str) -> None:
        """Hide a folder at once, and remove it in the background: it may be large."""
        doomed = self._jobs / f"dropped-{uuid.uuid4().hex}"
        try:
            (self.storage / key).rename(doomed)
        except FileNotFoundError:
            return
        except OSError:
            doomed = self.storage / key
        threading.Thread(target=remove_folder, args=(doomed,), daemon=True).start()

    def work_folder(self, run: str) -> Path:
        path = self._jobs / run
        if path.exists():
            # Left by a run before a restored snapshot, and still being removed.
            path.rename(self._jobs / f"dropped-{uuid.uuid4().hex}")
        path.mkdir(parents=True)
        return path


def remove_folder(folder: Path) -> None:
    """Remove a folder, which is empty more often than not."""
    try:
        folder.rmdir()
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


class Upload:
    """A file that appears in its place when it is complete, or never."""

    def __init__(self, folder: Path, path: Path) -> None:
        if path.is_dir():
            raise ApiError(409, "IS_A_FOLDER", "")
        self._path = path
        handle, name = tempfile.mkstemp(dir=folder, prefix="upload-")
        self._temporary = Path(name)
        self.file: BinaryIO = os.fdopen(handle, "wb")

    def keep(self) -> os.stat_result:
        """Put the file in its place; returns what it is then."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise ApiError(409, "A_FOLDER_IS_A_FILE", "") from None
        except NotADirectoryError:
            raise ApiError(409, "A_FOLDER_IS_A_FILE", "") from None
        self.file.close()
        self._temporary.chmod(0o644)
        found = self._temporary.stat()
        self._temporary.replace(self._path)
        return found

    def __enter__(self) -> Upload:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.file.close()
        finally:
            self._temporary.unlink(missing_ok=True)


def clean_path(text: str) -> str:
    """``text`` as a relative path with plain parts.

    Raises:
        ApiError: 400 if a part is ``..``, or if the text cannot name a file.
    """
    parts = [part for part in PurePosixPath(text.replace("\\", "/")).parts if part != "/"]
    too_long = len(text.encode("utf-8", "replace")) > _MAX_KEY or any(
        len(part.encode("utf-8", "replace")) > 255 for part in parts
    )
    if not parts or ".." in parts or "\0" in text or too_long:
        raise bad_request("filePath must name a file below the folder of its project or task.", "INVALID_PATH")
    return "/".join(parts)
