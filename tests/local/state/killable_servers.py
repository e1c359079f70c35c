"""Starts servers as forks of itself, which takes milliseconds; takes commands on its standard input.

start   forks a server on the data folder, and prints its process number, URL and key, or the error
wait    waits until it has ended
fill    fills the disk, but for some bytes
free    makes room again
check   waits, and prints what SQLite finds wrong with the database as it was left
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sqlite3
import sys
import threading
from pathlib import Path

from rescalehtc.local import LocalServer

data, page_limit = Path(sys.argv[1]), sys.argv[2] == "limit-pages"
filler = data / "filler"
full = False
child = 0


def serve() -> None:
    server = LocalServer(data=data, speed=1000, workers=4)
    try:
        server.start()
    except Exception as error:
        print(json.dumps({"error": str(error)}), flush=True)
        os._exit(1)
    if full and page_limit:
        pages = random.randint(1, 60)
        limit = server._state.store.row("PRAGMA page_count")[0] + pages  # pyright: ignore
        server._run(lambda: server._state.store.db.execute(f"PRAGMA max_page_count = {limit}"))  # pyright: ignore
    print(json.dumps({"pid": os.getpid(), "url": server.url, "key": server.api_key}), flush=True)
    threading.Event().wait()


for line in sys.stdin:
    command = line.strip()
    if command == "start":
        if (child := os.fork()) == 0:
            serve()
    elif command == "wait":
        os.waitpid(child, 0)
        print("{}", flush=True)
    elif command == "check":
        os.waitpid(child, 0)
        with contextlib.closing(sqlite3.connect(data / "state.sqlite3")) as db:
            print(json.dumps({"integrity": db.execute("PRAGMA integrity_check").fetchone()[0]}), flush=True)
    elif command == "fill":
        full = True
        if not page_limit:
            # Beside SQLite's log, which grows by pages, other files need room too.
            with filler.open("wb", buffering=0) as file:
                try:
                    while True:
                        file.write(bytes(4096))
                except OSError:
                    file.truncate(max(0, file.tell() - random.randint(0, 10) * 4096))
    elif command == "free":
        full = False
        filler.unlink(missing_ok=True)
