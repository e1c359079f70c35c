"""A service in memory behind sessions of both kinds, and a local server with a project and a task."""

from tests.support.both_kinds import *  # noqa: F403
from tests.support.study_fixtures import *  # noqa: F403
