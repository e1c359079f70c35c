"""Print the lowest version of each dependency and extra that pyproject.toml allows, for ``pip install --no-deps``."""

import re
import tomllib
from pathlib import Path
from typing import Any

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def lowest_versions(project: dict[str, Any]) -> list[str]:
    """``["httpx==0.27", …]`` for the dependencies and extras of a ``[project]`` table."""
    # Our own tests need a newer pytest than the plugin of the extra `testing` does.
    extras = {name: each for name, each in project["optional-dependencies"].items() if name != "testing"}
    requirements = [*project["dependencies"], *(each for extra in extras.values() for each in extra)]
    bounds = (re.match(r"([\w.-]+)(?:\[[\w,-]+\])?>=([\d.]+)", each) for each in requirements)
    return sorted({f"{bound[1]}=={bound[2]}" for bound in bounds if bound})


if __name__ == "__main__":
    print(*lowest_versions(tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]), sep="\n")
