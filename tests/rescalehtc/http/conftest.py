"""Sessions of both kinds, against a scripted service and against plain sockets; certificates for TLS."""

from collections.abc import Iterator

import pytest

from tests.support.call_fixtures import kind, make, pauses, server, service
from tests.support.fault_server import FaultServer
from tests.support.tls import Certificates

__all__ = ["kind", "make", "pauses", "server", "service"]


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def clear() -> Iterator[FaultServer]:
    with FaultServer().running() as server:
        yield server


@pytest.fixture(scope="module")
def encrypted(certificates: Certificates) -> Iterator[FaultServer]:
    with FaultServer(certificates.server()).running() as server:
        yield server
