"""The environment variables of a job."""

from __future__ import annotations

import os

from .._state.clock import Clock
from .._state.credentials import TOKEN_LIFETIME, Credentials
from .._state.files import Files
from .launcher import job_marker
from .live import LiveJob
from .records import Batch

_MAX_TOKENS = 1024


class Environments:
    """Makes the environment of each job.

    Attributes:
        base_url: base URL of the API, known once the server has its port.
    """

    def __init__(self, files: Files, clock: Clock, credentials: Credentials) -> None:
        self._files = files
        self._clock = clock
        self._credentials = credentials
        self._tokens: dict[int, tuple[float, str]] = {}
        self.base_url = ""

    def of_service(self, job: LiveJob) -> dict[str, str]:
        """The variables that the service sets, and those of the job's definition.

        Besides the variables of the service there are ``RESCALE_HTC_API_URL``, so that a job which uses this library
        reaches the server that runs it, and a mark that identifies what the job leaves behind.
        """
        batch = job.batch
        asked: list[dict[str, str]] = batch.definition.get("envs") or []
        return {
            **{pair["name"]: pair["value"] for pair in asked},
            "AWS_BATCH_JOB_ARRAY_INDEX": str(job.index),
            "RESCALE_HTC_API_URL": self.base_url,
            "RESCALE_HTC_BEARER_TOKEN": self._token(batch),
            "RESCALE_HTC_PROJECT_ID": batch.project_id,
            "RESCALE_HTC_TASK_ID": batch.task_id,
            "RESCALE_HTC_REGION": batch.region,
            "RESCALE_PROJECT_ID": batch.project_id,
            "RESCALE_TASK_ID": batch.task_id,
            "RESCALE_JOB_ID": job.id,
            "PROJECT_SHARED_FOLDER": str(self._files.folder(Files.project_key(batch.project_id))),
            "TASK_SHARED_FOLDER": str(self._files.folder(Files.task_key(batch.project_id, batch.task_id))),
            **job_marker(self._files.root, job.run),
        }

    def of_process(self, job: LiveJob) -> dict[str, str]:
        """The environment of a job that runs as a process: of the server's own variables, only PATH and LANG."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": os.environ.get("LANG", "C.UTF-8"),
            "HOME": str(job.folder),
            **self.of_service(job),
        }

    def _token(self, batch: Batch) -> str:
        """One token for all jobs of a batch, since they have the same rights and signing takes a millisecond."""
        now = self._clock.now()
        until, token = self._tokens.get(batch.seq, (0.0, ""))
        if now >= until:
            token = self._credentials.issue_job_token(
                batch.project_id, batch.task_id, batch.definition.get("claims") or []
            )
            if len(self._tokens) >= _MAX_TOKENS:
                self._tokens.clear()
            self._tokens[batch.seq] = (now + TOKEN_LIFETIME / 2, token)
        return token
