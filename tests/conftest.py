"""Settings of all tests."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.support.removed_routes import removed_route

# As for users who install no extra; test_libraries.py has the others.
os.environ.setdefault("RESCALE_HTC_TRANSPORT", "httpx")

# The duration of an example shows how busy the machine is, not whether the code is right.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    reason = removed_route(call.excinfo.value) if report.failed and call.excinfo else None
    if reason:
        report.outcome = "skipped"
        path, line, _ = item.location
        report.longrepr = (path, line or 0, f"Skipped: {reason}")
    return report
