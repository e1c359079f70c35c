"""Settings of all tests."""

import gc
import os
import re
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.removed_routes import removed_route

# As for users who install no extra; test_libraries.py has the others.
os.environ.setdefault("RESCALE_HTC_TRANSPORT", "httpx")

_ALL_SLOW = re.compile(r"^pytestmark = (\[\s*)?pytest\.mark\.slow\b", re.MULTILINE)

# The duration of an example shows how busy the machine is, not whether the code is right.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The fast tier does not even import a module whose tests are all slow: that would take a third of its time."""
    is_fast = config.option.markexpr == "not slow" and collection_path.suffix == ".py"
    return True if is_fast and _ALL_SLOW.search(collection_path.read_text(encoding="utf-8")) else None


def pytest_collection_finish() -> None:
    """What collecting has made stays to the end: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


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
