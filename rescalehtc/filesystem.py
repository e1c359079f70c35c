"""The storage of a project or task as a file system of fsspec that renews its credentials.

Needs the extra ``fsspec``::

    files = filesystem(session, task)
    frame = pandas.read_parquet("results.parquet", filesystem=files)
    files.glob("**/*.csv")
    files.get("cases/", "here/", recursive=True)
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from rescalehtc_generated.client import Session

from ._studies.session_check import check_sync
from ._utils.protocols import HasProject
from .exceptions import HtcMissingExtraError
from .storage import Region, StorageOptions, options

__all__ = ["filesystem"]

_AHEAD, _UNKNOWN_VALIDITY = timedelta(minutes=5), timedelta(minutes=15)


def filesystem(session: Session, target: HasProject, *, region: Region | None = None) -> Any:
    """An ``AbstractFileSystem`` whose root is the folder of a project or task.

    Args:
        session: Session to use, also later, to renew the credentials.
        target: A project, or a task, or a submission for its task.
        region: Region of the storage; None for the service's choice.

    Returns:
        A file system for pandas, pyarrow, dask and every other library that takes one of fsspec.

    Raises:
        HtcMissingExtraError: The extra ``fsspec`` is not installed.
        HtcStorageError: The service does not say where the storage is, or the credentials are not understood.
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_sync(session, "filesystem", target, "project_id")
    try:
        directory: Any = import_module("fsspec.implementations.dirfs").DirFileSystem
        open_url: Any = import_module("fsspec.core").url_to_fs
    except ImportError as error:
        raise HtcMissingExtraError.of("A file system", "fsspec") from error

    class Renewing(directory):  # type: ignore[misc]
        """Fetches new credentials before the old ones expire."""

        cachable = False

        def __init__(self) -> None:
            self._until = datetime.min.replace(tzinfo=UTC)
            self._inner: Any = None
            found = self._connect()
            super().__init__(found.url.partition("://")[2].rstrip("/"), self._inner)  # pyright: ignore[reportUnknownMemberType]

        @property
        def fs(self) -> Any:
            if datetime.now(UTC) >= self._until:
                self._connect()
            return self._inner

        @fs.setter
        def fs(self, value: Any) -> None:
            self._inner = value

        def _connect(self) -> StorageOptions:
            found = options(session, target, region=region)
            try:
                self._inner, _ = open_url(found.url, **found.fsspec, skip_instance_cache=True)
            except ImportError as error:
                raise HtcMissingExtraError.of("A file system", "fsspec") from error
            expiration = found.expiration
            self._until = datetime.now(UTC) + _UNKNOWN_VALIDITY if expiration is None else expiration - _AHEAD
            return found

    return Renewing()
