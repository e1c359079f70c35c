"""What the high-level functions require of their arguments."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

Json: TypeAlias = dict[str, Any]
"""A JSON object as plain Python values, under the names that the service uses."""


class HasProject(Protocol):
    """Anything that belongs to a project, or is one: objects of this package as well as generated models."""

    @property
    def project_id(self) -> str: ...


class HasTask(HasProject, Protocol):
    """Anything that belongs to a task, or is one."""

    @property
    def task_id(self) -> str: ...


class WaitTarget(HasTask, Protocol):
    """What you can wait for: a task, a single job, or a submission, which also knows how many jobs to expect."""


class Stop(Protocol):
    """An event that ends a wait: a ``threading.Event``, or with an async session an ``asyncio.Event``."""

    def is_set(self) -> bool:
        """Whether the wait should end."""
        ...


class Client(Protocol):
    """A ``Client`` of httpx or httpx2."""

    @property
    def is_closed(self) -> bool: ...
    def build_request(self, method: str, url: str) -> Any: ...
    def send(self, request: Any, *, stream: bool = False, follow_redirects: bool = False) -> Any: ...
    def close(self) -> None: ...


class AsyncClient(Protocol):
    """An ``AsyncClient`` of httpx or httpx2."""

    @property
    def is_closed(self) -> bool: ...
    def build_request(self, method: str, url: str) -> Any: ...
    async def send(self, request: Any, *, stream: bool = False, follow_redirects: bool = False) -> Any: ...
    async def aclose(self) -> None: ...
