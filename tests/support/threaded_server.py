"""What the servers on plain sockets share: they serve in a thread, and do not mind clients that hang up."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self


class ThreadedServer(socketserver.ThreadingTCPServer):
    """Has a free port of this machine."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, connection: type[socketserver.BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), connection)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/api"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the test."""

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Serve in a thread."""
        with self:
            thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield self
            finally:
                self.shutdown()
                thread.join()
