"""A service in memory behind sessions of both kinds, and a local server with a project and a task."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rescalehtc.local import LocalServer
from tests.support.both_kinds import OpenStudy, Study
from tests.support.both_kinds import open_study as open_study
from tests.support.study_fixtures import *  # noqa: F403


@pytest.fixture
def files(open_study: OpenStudy, server: LocalServer) -> Iterator[Study]:
    """The functions of ``rescalehtc.storage`` in one form, on the local server."""
    with open_study(api_key=server.api_key, base_url=server.url) as study:
        yield study.storage
