"""The package where modules of Unix do not exist."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.windows import PREAMBLE

pytestmark = pytest.mark.slow

PROGRAM = f"""{PREAMBLE}
import pkgutil
import rescalehtc
for module in pkgutil.walk_packages(rescalehtc.__path__, "rescalehtc."):
    if not module.name.endswith("__main__"):
        __import__(module.name)
from pathlib import Path
from rescalehtc._utils.file_lock import try_lock
try:
    try_lock(Path(sys.argv[1]))
except OSError as error:
    print(error.strerror)
"""


def test_every_module_can_be_imported_and_a_missing_lock_is_told(tmp_path: object) -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, f"{tmp_path}/lock"], capture_output=True, text=True, check=False
    )
    assert ended.stderr == ""
    assert ended.stdout == "this system has no locks for files\n"
