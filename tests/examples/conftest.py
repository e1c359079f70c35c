"""A service in memory behind sessions of both kinds, and a local server with a project and a task."""

from tests.support.study_fixtures import (
    client,
    project,
    real_task,
    server,
    service,
    service_class,
    session,
    task,
    time_passed,
)

__all__ = ["client", "project", "real_task", "server", "service", "service_class", "session", "task", "time_passed"]
