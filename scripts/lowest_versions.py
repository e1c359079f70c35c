"""Print the lowest version of each dependency and extra that pyproject.toml allows, for ``pip install --no-deps``."""

import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def lowest_versions(project: dict[str, object]) -> list[str]:
    """``["httpx==0.27", …]`` for the dependencies and extras of a ``[project]`` table."""
    extras: dict[str, list[str]] = project.get("optional-dependencies", {})
    requirements = [*project["dependencies"], *(each for extra in extras.values() for each in extra)]
    bounds = (re.match(r"([\w.-]+)(?:\[[\w,-]+\])?>=([\d.]+)", each) for each in requirements)
    return sorted({f"{bound[1]}=={bound[2]}" for bound in bounds if bound})


if __name__ == "__main__":
    print(*lowest_versions(tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]), sep="\n")
