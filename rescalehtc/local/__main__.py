"""`python -m rescalehtc.local`: the local HTC server from a shell."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from types import FrameType

from rescalehtc.local import LocalServer


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rescalehtc.local",
        description="A local HTC server. Prints its base URL and an API key, then serves until it is interrupted.",
    )
    parser.add_argument("--port", type=int, default=0, help="TCP port (default: a free one)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--data", metavar="DIR", help="folder that keeps everything (default: memory)")
    parser.add_argument(
        "--speed", type=float, default=1.0, metavar="X", help="divide the waits of the service by X (default: 1)"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="jobs that run at the same time (default: cores)")
    parser.add_argument("--api-key", metavar="KEY", help="API key to accept (default: a new one)")
    parser.add_argument("--containers", action="store_true", help="run the images of jobs with docker or podman")
    parser.add_argument(
        "--allow-remote", action="store_true", help="permit a --host that other machines can reach: they can run jobs"
    )
    return parser


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    stop = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    try:
        server = LocalServer(**vars(options)).start()
    except Exception as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    try:
        if options.allow_remote:
            print(f"warning: {options.host} is open to other machines; the key lets them run programs", file=sys.stderr)
        print(server.url)
        print(server.api_key, flush=True)
        stop.wait()
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
