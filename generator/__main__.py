"""``python -m generator build | check``: make the client code, or say whether it is current."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .build import OUTPUT, SPEC, build, check
from .spec import SpecError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 for success, 1 for a difference, 2 for a description that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    parser.add_argument("command", choices=["build", "check"])
    parser.add_argument("--spec", type=Path, default=SPEC, help="the API description")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the folder of the generated package")
    options = parser.parse_args(arguments)
    try:
        if options.command == "build":
            print(f"{build(options.spec, options.output)} files generated from {options.spec.name}")
            return 0
        difference = check(options.spec, options.output)
    except SpecError as error:
        print(error, file=sys.stderr)
        return 2
    if difference:
        print(difference, end="")
        print(
            f"{options.output.name} is not what {options.spec.name} gives: run `make generate`.",
            file=sys.stderr,
        )
        return 1
    print(f"{options.output.name} is up to date with {options.spec.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
