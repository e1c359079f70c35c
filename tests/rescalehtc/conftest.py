"""No test sees credentials of the machine that runs it."""

from tests.support.call_fixtures import homes, no_credentials

__all__ = ["homes", "no_credentials"]
