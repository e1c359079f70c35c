"""Sessions of both kinds, against a scripted service and against plain sockets."""

from tests.support.call_fixtures import kind, make, pauses, server, service

__all__ = ["kind", "make", "pauses", "server", "service"]
