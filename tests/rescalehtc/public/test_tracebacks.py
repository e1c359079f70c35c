"""A traceback shows the user's call and the reason, not the frames in between."""

from __future__ import annotations

import asyncio
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from rescalehtc import AsyncHtcSession, HtcSession, JobDefinition, aio, submit
from rescalehtc.exceptions import HtcBadRequestError, HtcException, HtcPreflightError, HtcSubmissionError
from rescalehtc.models import HTCTask
from tests.support.call_fixtures import server
from tests.support.raw_server import Server, answer
from tests.support.scripted import KEY

pytestmark = pytest.mark.slow

__all__ = ["server"]


REFUSAL = answer(b'{"errorType": "BAD", "errorDescription": "no"}', "400 Bad Request")


@pytest.mark.parametrize(
    ("refused", "error"),
    [
        (b"/jobs/batch", HtcSubmissionError),
        (b"/images/", HtcBadRequestError),
        (b"/group-summary", HtcBadRequestError),
        (b"no such path", HtcPreflightError),
    ],
    ids=["submission", "image", "counts", "preflight"],
)
def test_of_a_refused_submission(refused: bytes, error: type[HtcException], server: Server) -> None:
    def handler(head: bytes, body: bytes) -> bytes:
        path = head.split(b" ")[1]
        if refused in path:
            return REFUSAL
        if b"/images/" in path:
            return answer(b'{"status": "READY"}')
        return answer(b"[]" if path.endswith((b"/dimensions", b"/limits")) else b"{}")

    server.handler = handler
    task: Any = HTCTask.from_dict({"taskId": "t-1", "projectId": "p-1"})
    jobs = JobDefinition(image_name="solver:1", commands=["true"], max_retries=1_000_000)
    options: dict[str, Any] = {"group": "g", "preflight": error is HtcPreflightError}

    def refused_sync() -> HtcException:
        with HtcSession(api_key=KEY, base_url=server.url) as session, pytest.raises(error) as caught:
            submit(session, task, jobs, **options)
        return caught.value

    async def refused_async() -> HtcException:
        async with AsyncHtcSession(api_key=KEY, base_url=server.url) as session:
            with pytest.raises(error) as caught:
                await aio.submit(session, task, jobs, **options)
        return caught.value

    # In a thread of its own: where tests run in parallel, all this happens while an exception is handled.
    with ThreadPoolExecutor(1) as thread:
        found = [thread.submit(refused_sync).result(), thread.submit(asyncio.run, refused_async()).result()]
    for each in found:
        if error is HtcSubmissionError:
            assert isinstance(each.__cause__, HtcBadRequestError)
        assert len("".join(traceback.format_exception(each)).splitlines()) <= 12
