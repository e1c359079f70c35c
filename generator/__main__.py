"""``python -m generator``; :mod:`generator.commands` has its commands."""

from __future__ import annotations

import sys

from .client.spec import SpecError
from .client.versions import check_versions


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 for success, 1 for a difference, 2 for a description that cannot be used."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal may not support all characters of a description.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        check_versions()
        # Imported only now: another version of a tool may not even be importable.
        from .commands import run

        return run(arguments)
    except SpecError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        print(f"{what}\n  Remedy: Free some space, or check the permissions.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
