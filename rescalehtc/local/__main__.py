"""``python -m rescalehtc.local``: the local HTC server from a shell."""

from __future__ import annotations

import argparse
import logging
import os
import shlex
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from .._version import VERSION


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rescalehtc.local",
        description="A local HTC server. Prints how to reach it, then serves until it is interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"rescalehtc {VERSION}")
    parser.add_argument("--port", type=int, default=0, help="TCP port (default: a free one)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--data", metavar="DIR", help="folder for all data: new, empty, or of an earlier run (default: memory)"
    )
    parser.add_argument("--seed-file", metavar="FILE", help="JSON file with projects and tasks to start with")
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="X", help="divide the waits of the service by X (default: 1)"
    )
    parser.add_argument(
        "--workers", type=int, metavar="N", help="jobs that run at the same time (default: number of cores)"
    )
    parser.add_argument("--api-key", metavar="KEY", help="API key to accept (default: a new one)")
    parser.add_argument("--require-images", action="store_true", help="refuse jobs whose image is not READY")
    parser.add_argument("--containers", action="store_true", help="run the images of jobs with docker or podman")
    parser.add_argument("--container-network", metavar="NAME", help='network of the containers, such as "host"')
    parser.add_argument(
        "--allow-remote", action="store_true", help="allow a --host that other machines can reach: they can run jobs"
    )
    parser.add_argument("--env-file", metavar="FILE", help="write the variables for a client to FILE")
    parser.add_argument("--verbose", action="store_true", help="show each request")
    return parser


def _shell_lines(variables: Mapping[str, str], shell: str) -> list[str]:
    """The commands that set variables in the user's shell."""
    if shell.endswith("fish"):
        return [f"set -x {name} {shlex.quote(value)}" for name, value in variables.items()]
    if shell.endswith(("pwsh", "powershell")):
        quoted = {name: value.replace("'", "''") for name, value in variables.items()}
        return [f"$env:{name} = '{value}'" for name, value in quoted.items()]
    return [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]


def _write_env_file(path: Path, variables: Mapping[str, str]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)  # of a file that was there before, too
        file.writelines(f"{name}={value}\n" for name, value in variables.items())


def main(arguments: list[str] | None = None) -> int:
    options = vars(_parser().parse_args(arguments))
    verbose: bool = options.pop("verbose")
    env_file: str | None = options.pop("env_file")
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    if verbose:
        logging.getLogger("rescalehtc.local").setLevel(logging.INFO)
    stop = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        stop.set()

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)
    try:
        from . import LocalServer

        server = LocalServer(**options).start()
    except Exception as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    try:
        if options["allow_remote"]:
            host: str = options["host"]
            print(f"warning: {host} is open to other machines; the key lets them run programs", file=sys.stderr)
        if env_file is not None:
            _write_env_file(Path(env_file), server.environment)
        print(f"# The local HTC server is ready. Open it in a browser: {server.page_url}")
        print("# Paste this where your program runs; Ctrl-C stops the server.")
        for line in _shell_lines(server.environment, os.environ.get("SHELL", "")):
            print(line)
        sys.stdout.flush()
        stop.wait()
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
