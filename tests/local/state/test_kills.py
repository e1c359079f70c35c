"""Kills under load and full disks: nothing acknowledged is lost, nothing runs twice, no process is left."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.tries import tries

from ..conftest import Htc

_KILLS_OF_ONE_FOLDER = 10
_PROGRAM = Path(__file__).parent / "killable_servers.py"
_FINAL = ("SUCCEEDED", "FAILED")


class Servers:
    """Servers on one data folder, one after another; on a small disk of their own where this user may mount one."""

    def __init__(self, data: Path) -> None:
        data.mkdir()
        mount = ["unshare", "--user", "--map-root-user", "--mount"]
        try:
            script = f"mount -t tmpfs -o size=12m none {data}"
            allowed = subprocess.run([*mount, "sh", "-c", script], capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            allowed = False
        command = [sys.executable, str(_PROGRAM), str(data), "disk" if allowed else "limit-pages"]
        if allowed:
            command = [*mount, "sh", "-c", f'mount -t tmpfs -o size=12m none {data} && exec "$@"', "sh", *command]
        self.has_disk = allowed
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.pid = 0

    def tell(self, command: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()

    def ask(self, command: str) -> dict[str, Any]:
        self.tell(command)
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def start(self) -> Htc | str:
        """A client of the next server, or why it could not start."""
        said = self.ask("start")
        if "error" in said:
            self.ask("wait")
            return said["error"]
        self.pid = said["pid"]
        key = {"Authorization": f"Token {said['key']}"}
        answer = httpx.get(f"{said['url']}/auth/token", headers=key)
        if answer.status_code == 503:  # what the last run has left cannot be written
            self.kill()
            self.ask("wait")
            return answer.text
        return Htc(said["url"], said["key"])

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.kill()
        self._process.communicate()


def processes_of(data: Path) -> list[str]:
    """Launchers and jobs of servers on a data folder."""
    found: list[str] = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            text = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
        except OSError:
            continue
        if f"RUN={data}#".encode() in text or f"launcher.py\0{data}\0".encode() in text:
            found.append(text.replace(b"\0", b" ")[:200].decode(errors="replace"))
    return found


def after(number: int, action: Callable[[], None]) -> Callable[[object], None]:
    """What calls `action` when it is called for the `number`-th time."""
    calls = itertools.count(1)

    def called(_: object) -> None:
        if next(calls) == number:
            action()

    return called


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system has no /proc")
@tries("kills of a local server")
def test_kills_and_full_disks(tmp_path: Path, tries: int) -> None:
    for start in range(0, tries, _KILLS_OF_ONE_FOLDER):
        folder = tmp_path / str(start)
        folder.mkdir()
        servers = Servers(folder / "data")
        try:
            check(servers, folder, min(_KILLS_OF_ONE_FOLDER, tries - start), seed=start)
        finally:
            servers.end()


def check(servers: Servers, folder: Path, kills: int, seed: int) -> None:
    random_ = random.Random(seed)
    traces = folder / "traces"
    traces.mkdir()
    script = f"echo x >> {traces}/$(echo $RESCALE_JOB_ID | tr : _)"
    accepted: set[str] = set()
    projects: set[str] = set()
    final: dict[str, str] = {}
    task = ""

    def work(htc: Htc) -> None:
        """Submit and look, until the server is killed."""
        mine: list[str] = []
        while True:
            made = htc.http.post("htc/projects", json={"projectName": "p", "projectDescription": "-"})
            assert made.status_code in (200, 503), made.text
            if made.status_code == 200:
                projects.add(made.json()["projectId"])
            if len(mine) < 6:
                body = [{"batchSize": 2, "htcJobDefinition": {"imageName": "x", "commands": ["sh", "-c", script]}}]
                answer = htc.http.post(f"{task}/jobs/batch", json=body)
                assert answer.status_code in (200, 503), answer.text
                if answer.status_code == 200:
                    mine += [f"{answer.json()[0]['parentJobId']}:{index}" for index in range(2)]
                    accepted.update(mine)
            if mine:
                # On a full disk no response shows what could still get lost.
                shown = htc.http.get(f"{task}/jobs", params={"jobId": mine})
                assert shown.status_code in (200, 503), shown.text
                for job in shown.json().get("items", []):
                    if job["status"] in _FINAL:
                        assert final.setdefault(job["jobUUID"], job["status"]) == job["status"]

    first = servers.start()
    assert isinstance(first, Htc)
    task = first.task()
    for number in range(kills):
        htc = first if number == 0 else servers.start()
        if isinstance(htc, str):  # the disk was full before the start
            assert "full" in htc, htc
            servers.tell("free")
            htc = servers.start()
            assert isinstance(htc, Htc)
        if number % 3 == 1:
            servers.tell("fill")
        # While one of the next requests is under way; counted, so that a busy machine does no less work.
        timer = threading.Timer(random_.uniform(0, 0.01), servers.kill)
        htc.http.event_hooks = {"request": [after(random_.randint(1, 20), timer.start)]}
        with pytest.raises(httpx.TransportError):
            work(htc)
        timer.join()
        htc.http.close()
        servers.ask("wait")
        if number % 3 == 2:
            servers.tell("free")
    servers.tell("free")

    htc = servers.start()
    assert isinstance(htc, Htc)
    jobs = {job["jobUUID"]: job["status"] for job in htc.finish(task)}
    assert accepted <= jobs.keys()
    assert final.items() <= jobs.items()
    assert sum(htc.counts(task).values()) == len(jobs)
    assert projects <= {project["projectId"] for project in htc.all("htc/projects")}
    ran = {trace.name: trace.read_text() for trace in traces.iterdir()}
    # A job that was killed with its server may have opened the file only.
    assert set(ran.values()) <= {"x\n", ""}, "one ran more than once"
    succeeded = [job.replace(":", "_") for job, status in jobs.items() if status == "SUCCEEDED"]
    assert [job for job in succeeded if ran.get(job) != "x\n"] == []
    assert len(accepted) > kills / 2
    servers.kill()
    htc.http.close()
    assert servers.ask("check") == {"integrity": "ok"}
    deadline = time.monotonic() + 60
    while left := processes_of(folder / "data"):  # a launcher may still be at work
        assert time.monotonic() < deadline, left
        time.sleep(0.02)
