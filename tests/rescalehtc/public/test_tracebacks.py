"""A traceback shows the call of the user and the reason, not the way between them."""

from __future__ import annotations

import traceback
from typing import Any

import pytest

from rescalehtc import HtcSession, JobDefinition, submit
from rescalehtc.exceptions import HtcBadRequestError, HtcSubmissionError
from rescalehtc.models import HTCTask
from tests.support.call_fixtures import server
from tests.support.raw_server import Server, answer

__all__ = ["server"]


def test_of_a_refused_submission(server: Server) -> None:
    def handler(head: bytes, body: bytes) -> bytes:
        if b"/images/" in head:
            return answer(b'{"status": "READY"}')
        if head.startswith(b"POST"):
            return answer(b'{"errorType": "BAD", "errorDescription": "no"}', "400 Bad Request")
        return answer(b'{"jobStatuses": {}}')

    server.handler = handler
    task: Any = HTCTask.from_dict({"taskId": "t-1", "projectId": "p-1"})
    jobs = JobDefinition(image_name="solver:1", commands=["true"])
    with (
        HtcSession(api_key="key-0123456789", base_url=server.url) as session,
        pytest.raises(HtcSubmissionError, match="BAD") as caught,
    ):
        submit(session, task, jobs, preflight=False)
    assert isinstance(caught.value.__cause__, HtcBadRequestError)
    assert len("".join(traceback.format_exception(caught.value)).splitlines()) <= 12
