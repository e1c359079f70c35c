# Derived from rescalehtc/aio/storage.py by `make generate`. Do not edit.
"""Files in the storage that the jobs of a project, or of a task, share.

Jobs find the folders under the names in ``PROJECT_SHARED_FOLDER`` and ``TASK_SHARED_FOLDER``. Uploads need no
further library; downloads and listings need the provider's, from the extra ``aws`` or ``gcp``. The S3 API of the local
server is found like any other, through ``AWS_ENDPOINT_URL_S3``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TypeAlias

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
from rescalehtc_generated.client import Session
from rescalehtc_generated.models.supported_rescale_region import SupportedRescaleRegion

from ._http.attempt import Attempt
from ._http.settings import Settings
from ._storage import presigned
from ._storage.folders import FolderTransfer, OnFile, Transferred
from ._storage.locations import StorageLocation, StoredFile, clean_path, settings_of, task_id_of
from ._storage.options import StorageOptions
from ._storage.providers import ExpiredCredentialsError, Storage, use_storage
from ._studies.session_check import check_sync
from ._utils.arguments import check_kind
from ._utils.files import replacing
from ._utils.protocols import HasProject
from ._utils.scheduling import monotonic, pause, run_blocking
from .exceptions import HtcStorageError

__all__ = [
    "StorageOptions",
    "StoredFile",
    "Transferred",
    "download_file",
    "download_folder",
    "list_files",
    "options",
    "upload_file",
    "upload_folder",
]

Region: TypeAlias = SupportedRescaleRegion | str

_ATTEMPTS = 3
_SHORTEST_VALIDITY = 60.0


def upload_file(
    session: Session,
    target: HasProject,
    local_path: str | os.PathLike[str],
    remote_path: str | None = None,
    *,
    region: Region | None = None,
) -> str:
    """Upload a file to the storage of a project or task; an existing one is replaced.

    Uses a presigned URL. A file above 5 GiB, or a given region, needs the provider's library.

    Args:
        session: Session to use.
        target: A project, or a task, or a submission for its task.
        local_path: File to upload.
        remote_path: Path below the folder of the project or task; None for the name of the file.
        region: Region of the storage; None for the service's choice.

    Returns:
        The path below the folder.

    Raises:
        HtcStorageError: The storage refuses the file, or cannot be reached.
        HtcMissingExtraError: The provider's library is needed and not installed.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        ValueError: ``remote_path`` leads out of the folder.
        OSError: The file cannot be read.
    """
    check_sync(session, "upload_file", target, "project_id")
    check_kind("local_path", local_path, str | os.PathLike, "the path of a file")
    settings, path = settings_of(session), Path(local_path)
    name = clean_path(path.name if remote_path is None else remote_path)
    if region is None and (run_blocking(path.stat)).st_size <= presigned.LARGEST:
        _by_url(session, settings, target, name, path)
    else:
        _by_provider(session, target, region, lambda storage: storage.upload(path, name))
    return name


def download_file(
    session: Session,
    target: HasProject,
    remote_path: str,
    local_path: str | os.PathLike[str] | None = None,
    *,
    region: Region | None = None,
) -> Path:
    """Download a file from the storage of a project or task.

    The local file appears when it is complete.

    Args:
        session: Session to use.
        target: A project, or a task, or a submission for its task.
        remote_path: Path below the folder of the project or task.
        local_path: File to write; None for the name of the remote one in the current folder.
        region: Region of the storage; None for the service's choice.

    Returns:
        Path of the local file.

    Raises:
        HtcStorageError: The storage refuses the file, sends an incomplete one, or cannot be reached.
        HtcMissingExtraError: The provider's library is not installed.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        ValueError: ``remote_path`` leads out of the folder.
        OSError: The file cannot be written.
    """
    check_sync(session, "download_file", target, "project_id")
    name = clean_path(remote_path)
    path = Path(PurePosixPath(name).name if local_path is None else local_path)

    def take(storage: Storage) -> None:
        with replacing(path) as file:
            storage.download(name, file)

    _by_provider(session, target, region, take)
    return path


def list_files(
    session: Session, target: HasProject, prefix: str = "", *, region: Region | None = None
) -> list[StoredFile]:
    """The files in the storage of a project or task.

    Args:
        session: Session to use.
        target: A project, or a task, or a submission for its task.
        prefix: Only files whose path starts with this.
        region: Region of the storage; None for the service's choice.

    Raises:
        HtcStorageError: The storage does not respond.
        HtcMissingExtraError: The provider's library is not installed.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_sync(session, "list_files", target, "project_id")
    found: list[StoredFile] = []
    _by_provider(session, target, region, lambda storage: found.extend(storage.list_files(prefix)))
    return found


def upload_folder(
    session: Session,
    target: HasProject,
    local_folder: str | os.PathLike[str],
    remote_folder: str = "",
    *,
    region: Region | None = None,
    concurrency: int = 8,
    skip_existing: bool = True,
    on_file: OnFile | None = None,
) -> list[Transferred]:
    """Upload all files of a folder, several at a time, with one credential and one client of the provider.

    Call it again after an interruption: files that are there already, by size and checksum, are skipped.

    Args:
        session: Session to use.
        target: A project, or a task, or a submission for its task.
        local_folder: Folder to upload, its subfolders included.
        remote_folder: Path below the folder of the project or task.
        region: Region of the storage; None for the service's choice.
        concurrency: How many files at a time.
        skip_existing: Skip files that are there already.
        on_file: Called with each file that is done, from several threads.

    Returns:
        The files.

    Raises:
        HtcStorageError: The storage refuses a file, or cannot be reached.
        HtcMissingExtraError: The provider's library is not installed.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        ValueError: ``remote_folder`` leads out of the folder.
        OSError: A file cannot be read.
    """
    transfer, folder, prefix = FolderTransfer(concurrency, skip_existing, on_file), Path(local_folder), ""
    if remote_folder:
        prefix = clean_path(remote_folder) + "/"
    check_sync(session, "upload_folder", target, "project_id")
    _renewing(session, target, region, lambda storage: transfer.upload(storage, folder, prefix))
    return transfer.files


def download_folder(
    session: Session,
    target: HasProject,
    remote_folder: str = "",
    local_folder: str | os.PathLike[str] = ".",
    *,
    region: Region | None = None,
    concurrency: int = 8,
    skip_existing: bool = True,
    on_file: OnFile | None = None,
) -> list[Transferred]:
    """Download all files of a folder, several at a time; see :func:`upload_folder`.

    Args:
        session: Session to use.
        target: A project, or a task, or a submission for its task.
        remote_folder: Path below the folder of the project or task.
        local_folder: Folder to write to; created if necessary.
        region: Region of the storage; None for the service's choice.
        concurrency: How many files at a time.
        skip_existing: Skip files that are there already.
        on_file: Called with each file that is done, from several threads.

    Returns:
        The files.

    Raises:
        HtcStorageError: The storage refuses a file, or cannot be reached.
        HtcMissingExtraError: The provider's library is not installed.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        ValueError: A path leads out of the folder.
        OSError: A file cannot be written.
    """
    transfer, folder, prefix = FolderTransfer(concurrency, skip_existing, on_file), Path(local_folder), ""
    if remote_folder:
        prefix = clean_path(remote_folder) + "/"
    check_sync(session, "download_folder", target, "project_id")
    _renewing(session, target, region, lambda storage: transfer.download(storage, folder, prefix))
    return transfer.files


def options(session: Session, target: HasProject, *, region: Region | None = None) -> StorageOptions:
    """URL and ``storage_options`` of the storage for pandas, polars, pyarrow, s3fs and gcsfs.

    ::

        found = options(session, task)
        frame = pandas.read_parquet(found.url + "results.parquet", storage_options=found.fsspec)

    Args:
        session: Session to use.
        target: A project, or a task, or a submission for its task.
        region: Region of the storage; None for the service's choice.

    Raises:
        HtcStorageError: The service does not say where the storage is, or the credentials are not understood.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_sync(session, "options", target, "project_id")
    return StorageOptions.of(_locate(session, target, region))


def _renewing(
    session: Session, target: HasProject, region: Region | None, transfer: Callable[[Storage], object]
) -> None:
    """Run a transfer; when the credentials have expired, continue with new ones, as long as that helps."""
    while True:
        start = monotonic()
        try:
            return _by_provider(session, target, region, transfer)
        except ExpiredCredentialsError:
            if monotonic() - start < _SHORTEST_VALIDITY:
                raise


def _by_url(session: Session, settings: Settings, target: HasProject, name: str, path: Path) -> None:
    task_id = task_id_of(target)
    for attempt in range(1, _ATTEMPTS + 1):
        if task_id is None:
            response = session.send(get_project_presigned_url.call(target.project_id, file_path=name))
        else:
            response = session.send(get_task_presigned_url.call(target.project_id, task_id, file_path=name))
        url, start, delay = presigned.url_of(response, settings.origin), monotonic(), None
        try:
            run_blocking(lambda url=url: presigned.put(settings, url, path))
        except HtcStorageError as error:
            # Storing the same file twice does no harm.
            if isinstance(error, presigned.TransientStorageError) and attempt < _ATTEMPTS:
                delay = float(attempt)
            _report(session, presigned.attempt_of(url, attempt, monotonic() - start, error, delay))
            if delay is None:
                raise
        else:
            _report(session, presigned.attempt_of(url, attempt, monotonic() - start, None, None))
            return
        pause(delay)


def _report(session: object, attempt: Attempt) -> None:
    """Report an upload to the observer of the session."""
    exchange = getattr(session, "_exchange", None)
    if exchange is not None:
        exchange.report(attempt)


def _by_provider(
    session: Session, target: HasProject, region: Region | None, transfer: Callable[[Storage], object]
) -> None:
    location = _locate(session, target, region)
    run_blocking(lambda: use_storage(location, transfer))


def _locate(session: Session, target: HasProject, region: Region | None) -> StorageLocation:
    project_id, task_id = target.project_id, task_id_of(target)
    if task_id is None:
        if region is None:
            token = session.send(get_project_storage_token.call(project_id))
        else:
            token = session.send(get_project_region_storage_token.call(project_id, region))
        return StorageLocation.of(token, None)
    if region is None:
        token = session.send(get_task_storage_token.call(project_id, task_id))
    else:
        token = session.send(get_task_region_storage_token.call(project_id, task_id, region))
    task = session.send(get_task.call(project_id, task_id))
    return StorageLocation.of(token, task.task_folder_path or "")
