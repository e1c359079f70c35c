"""Files in the storage that the jobs of a project, or of a task, share.

Jobs find the folders under the names in ``PROJECT_SHARED_FOLDER`` and ``TASK_SHARED_FOLDER``. Uploads need no
further library; downloads and listings need the provider's, from the extra ``aws`` or ``gcp``, unless the service is
the local server.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeAlias

from rescalehtc_generated.api.project import (
    get_project_presigned_url,
    get_project_region_storage_token,
    get_project_storage_token,
)
from rescalehtc_generated.api.task import (
    get_task,
    get_task_presigned_url,
    get_task_region_storage_token,
    get_task_storage_token,
)
from rescalehtc_generated.models.supported_rescale_region import SupportedRescaleRegion

from . import _presigned
from ._files import replacing
from ._plans import Plan, ask, pause, run, run_async, work
from ._providers import Place, Storage, StoredFile, connect, told
from ._shared import HasProject
from .exceptions import HtcException, HtcNotImplementedError, HtcStorageError

if TYPE_CHECKING:
    import os

    from rescalehtc_generated.client import AsyncSession, Session

__all__ = [
    "StoredFile",
    "download_file",
    "download_file_async",
    "list_files",
    "list_files_async",
    "upload_file",
    "upload_file_async",
]

Region: TypeAlias = SupportedRescaleRegion | str

_LOOPBACK = re.compile(r"http://(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])[:/]", re.ASCII)
_ATTEMPTS = 3


def upload_file(
    session: Session,
    target: HasProject,
    local_path: str | os.PathLike[str],
    remote_path: str | None = None,
    *,
    region: Region | None = None,
) -> str:
    """Copy a file into the storage of a project or task; one that is there is replaced.

    Uses a presigned URL. A file above 5 GiB, or a given region, needs the provider's library.

    Args:
        session: Session to use.
        target: A project, or a task, or a submission for its task.
        local_path: File to copy.
        remote_path: Path below the folder of the project or task; None for the name of the file.
        region: Region of the storage; None for the one that the service chooses.

    Returns:
        The path below the folder.

    Raises:
        HtcStorageError: The storage refuses the file, or cannot be reached.
        HtcMissingExtraError: The provider's library is needed and not installed.
        HtcException: One of its family, when a call fails or is refused.
        ValueError: ``remote_path`` leads out of the folder.
        OSError: The file cannot be read.
    """
    return run(session, _upload(_base_url(session), target, Path(local_path), remote_path, region))


async def upload_file_async(
    session: AsyncSession,
    target: HasProject,
    local_path: str | os.PathLike[str],
    remote_path: str | None = None,
    *,
    region: Region | None = None,
) -> str:
    """Copy a file into the storage with an async session; everything else is as in :func:`upload_file`."""
    return await run_async(session, _upload(_base_url(session), target, Path(local_path), remote_path, region))


def download_file(
    session: Session,
    target: HasProject,
    remote_path: str,
    local_path: str | os.PathLike[str] | None = None,
    *,
    region: Region | None = None,
) -> Path:
    """Copy a file from the storage of a project or task. The local file appears when it is complete.

    Args:
        session: Session to use.
        target: A project, or a task, or a submission for its task.
        remote_path: Path below the folder of the project or task.
        local_path: File to write; None for the name of the remote one in the current folder.
        region: Region of the storage; None for the one that the service chooses.

    Returns:
        Path of the local file.

    Raises:
        HtcStorageError: The storage does not give the file, or cannot be reached.
        HtcMissingExtraError: The provider's library is not installed.
        HtcException: One of its family, when a call fails or is refused.
        ValueError: ``remote_path`` leads out of the folder.
        OSError: The file cannot be written.
    """
    return run(session, _download(_base_url(session), target, remote_path, local_path, region))


async def download_file_async(
    session: AsyncSession,
    target: HasProject,
    remote_path: str,
    local_path: str | os.PathLike[str] | None = None,
    *,
    region: Region | None = None,
) -> Path:
    """Copy a file from the storage with an async session; everything else is as in :func:`download_file`."""
    return await run_async(session, _download(_base_url(session), target, remote_path, local_path, region))


def list_files(
    session: Session, target: HasProject, prefix: str = "", *, region: Region | None = None
) -> list[StoredFile]:
    """The files in the storage of a project or task.

    Args:
        session: Session to use.
        target: A project, or a task, or a submission for its task.
        prefix: Only files whose path begins so.
        region: Region of the storage; None for the one that the service chooses.

    Raises:
        HtcStorageError: The storage does not answer.
        HtcMissingExtraError: The provider's library is not installed.
        HtcNotImplementedError: The service is the local server, whose storage cannot be listed.
        HtcException: One of its family, when a call fails or is refused.
    """
    return run(session, _list(_base_url(session), target, prefix, region))


async def list_files_async(
    session: AsyncSession, target: HasProject, prefix: str = "", *, region: Region | None = None
) -> list[StoredFile]:
    """The files in the storage with an async session; everything else is as in :func:`list_files`."""
    return await run_async(session, _list(_base_url(session), target, prefix, region))


def _upload(
    base_url: str, target: HasProject, local_path: Path, remote_path: str | None, region: Region | None
) -> Plan[str]:
    name = _clean(local_path.name if remote_path is None else remote_path)
    if region is None and local_path.stat().st_size <= _presigned.LARGEST:
        yield from _by_url(base_url, target, name, lambda url: _presigned.put(url, local_path))
    else:
        yield from _by_provider(target, region, lambda storage: storage.upload(local_path, name))
    return name


def _download(
    base_url: str,
    target: HasProject,
    remote_path: str,
    local_path: str | os.PathLike[str] | None,
    region: Region | None,
) -> Plan[Path]:
    name = _clean(remote_path)
    path = Path(PurePosixPath(name).name if local_path is None else local_path)

    def fetch(url: str) -> None:
        with replacing(path) as file:
            _presigned.get(url, file)

    def take(storage: Storage) -> None:
        with replacing(path) as file:
            storage.download(name, file)

    if region is None and _LOOPBACK.match(base_url):
        # The local server serves under such a URL what it takes; the URLs of clouds are for one method only.
        yield from _by_url(base_url, target, name, fetch)
    else:
        yield from _by_provider(target, region, take)
    return path


def _list(base_url: str, target: HasProject, prefix: str, region: Region | None) -> Plan[list[StoredFile]]:
    if _LOOPBACK.match(base_url):
        raise HtcNotImplementedError("The storage of the local server cannot be listed; look into its folder.")
    found: list[StoredFile] = []
    yield from _by_provider(target, region, lambda storage: found.extend(storage.list_files(prefix)))
    return found


def _by_url(base_url: str, target: HasProject, name: str, transfer: Callable[[str], None]) -> Plan[None]:
    task_id = _task_id(target)
    for attempt in range(1, _ATTEMPTS + 1):
        if task_id is None:
            answer = yield from ask(get_project_presigned_url.call(target.project_id, file_path=name))
        else:
            answer = yield from ask(get_task_presigned_url.call(target.project_id, task_id, file_path=name))
        url = _presigned.url_of(answer, base_url)
        try:
            return (yield from work(lambda url=url: transfer(url)))
        except _presigned.PassingStorageError:
            # Storing the same file twice is no harm.
            if attempt == _ATTEMPTS:
                raise
        yield from pause(float(attempt))


def _by_provider(target: HasProject, region: Region | None, transfer: Callable[[Storage], object]) -> Plan[None]:
    place = yield from _place(target, region)

    def at_provider() -> None:
        storage = connect(place)
        try:
            transfer(storage)
        except HtcException:
            raise
        except Exception as error:
            # Network errors of some libraries are OSErrors as well; those of files name a file.
            if isinstance(error, OSError) and error.filename is not None:
                raise
            raise told(error, place) from None

    yield from work(at_provider)


def _place(target: HasProject, region: Region | None) -> Plan[Place]:
    project_id, task_id = target.project_id, _task_id(target)
    if task_id is None:
        if region is None:
            token = yield from ask(get_project_storage_token.call(project_id))
        else:
            token = yield from ask(get_project_region_storage_token.call(project_id, region))
        return Place.of(token, None)
    if region is None:
        token = yield from ask(get_task_storage_token.call(project_id, task_id))
    else:
        token = yield from ask(get_task_region_storage_token.call(project_id, task_id, region))
    task = yield from ask(get_task.call(project_id, task_id))
    return Place.of(token, task.task_folder_path or "")


def _task_id(target: HasProject) -> str | None:
    return getattr(target, "task_id", None)


def _clean(path: str) -> str:
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts or ".." in parts or "\0" in path:
        raise ValueError(f"{path!r} does not name a file below the folder")
    return "/".join(parts)


def _base_url(session: Any) -> str:
    url: str = getattr(session, "RESCALE_API_BASE_URL", "")
    if not url:
        raise HtcStorageError("The session does not say where the service is.")
    return url
