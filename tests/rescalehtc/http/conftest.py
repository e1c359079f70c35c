"""Sessions of both kinds, against a scripted service and against plain sockets; certificates for TLS."""

import pytest

from tests.support.call_fixtures import kind, make, pauses, server, service
from tests.support.tls import Certificates

__all__ = ["kind", "make", "pauses", "server", "service"]


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))
