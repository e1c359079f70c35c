"""Sessions of both kinds against a scripted service, and a local server."""

from tests.support.call_fixtures import kind, make, pauses, service
from tests.support.study_fixtures import project, real_task, server, session

__all__ = ["kind", "make", "pauses", "project", "real_task", "server", "service", "session"]
