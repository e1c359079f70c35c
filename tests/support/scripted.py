"""A scripted service without a network, and a common interface to sessions of both kinds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc_generated.client import Call

KEY = "key-0123456789abcdef"
Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Service:
    """Answers token requests by itself, and all others from a list, the last of which stays."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: list[Answer] = []
        self.tokens = 0
        self.token_answers: list[Answer] = []
        self.lifetime: Any = 21600

    def script(self, *answers: Answer) -> Service:
        self.answers = list(answers)
        return self

    @property
    def calls(self) -> list[httpx.Request]:
        """Requests that did not ask for a token."""
        return [request for request in self.requests if not request.url.path.endswith("/auth/token")]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path.endswith("/auth/token"):
            if self.token_answers:
                return self._give(self.token_answers.pop(0), request)
            self.tokens += 1
            return httpx.Response(200, json={"tokenValue": self.token(self.tokens), "expiresIn": self.lifetime})
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return self._give(answer, request)

    @staticmethod
    def token(number: int) -> str:
        return f"bearer-token-{number:06}"

    @staticmethod
    def _give(answer: Answer, request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        # A response object of its own for every request: they are read once.
        if isinstance(answer, httpx.Response):
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
        return answer(request)


class Driver:
    """A session of one kind, used the same way as the other kind."""

    def __init__(self, kind: str, service: Service, **options: Any) -> None:
        self.kind = kind
        self.service = service
        options = {"api_key": KEY, **options}
        transport = httpx.MockTransport(service)
        self._runner: asyncio.Runner | None = None
        self.session: Any
        if kind == "sync":
            self._client: Any = httpx.Client(transport=transport)
            self.session = HtcSession(http_client=self._client, **options)
        else:
            self._runner = asyncio.Runner()
            self._client = httpx.AsyncClient(transport=transport)
            self.session = AsyncHtcSession(http_client=self._client, **options)

    def send(self, call: Call[Any]) -> Any:
        return self._finish(self.session.send(call))

    def collect(self, call: Call[Any], max_items: int | None = None) -> list[Any]:
        return self._finish(self.session.collect(call, max_items))

    def stream(self, call: Call[Any], max_items: int | None = None) -> list[Any]:
        if self._runner is None:
            return list(self.session.stream(call, max_items))

        async def read() -> list[Any]:
            return [item async for item in self.session.stream(call, max_items)]

        return self._runner.run(read())

    def invoke(self, method: str) -> Any:
        return self._finish(getattr(self.session, method)())

    def close(self) -> None:
        self._finish(self.session.close())
        if self._runner is None:
            self._client.close()
        else:
            self._runner.run(self._client.aclose())
            self._runner.close()

    def _finish(self, result: Any) -> Any:
        return self._runner.run(result) if self._runner is not None else result


Make = Callable[..., Driver]


def reply(status: int = 200, json: Any = None, **options: Any) -> httpx.Response:
    return httpx.Response(status, json={} if json is None and not options else json, **options)
