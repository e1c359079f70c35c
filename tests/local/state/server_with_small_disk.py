"""A server like that of the command, whose database may grow to a number of pages only: started by tests."""

from __future__ import annotations

import signal
import sys
import threading

from rescalehtc.local import LocalServer

server = LocalServer(data=sys.argv[1], speed=200)
server.start()
if "--limit-pages" in sys.argv:
    limit = int(sys.argv[sys.argv.index("--limit-pages") + 1])
    server._run(lambda: server._state.store.db.execute(f"PRAGMA max_page_count = {limit}"))  # pyright: ignore
for name, value in server.environment.items():
    print(f"export {name}={value}", flush=True)
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
stop.wait()
server.stop()
