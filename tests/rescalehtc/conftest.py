"""No test sees credentials of the machine that runs it."""

from tests.support.call_fixtures import no_credentials

__all__ = ["no_credentials"]
