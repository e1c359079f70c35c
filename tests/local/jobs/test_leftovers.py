"""No process of a job outlives its job or its server, however either ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from rescalehtc.local import LocalServer
from rescalehtc.local._jobs import launcher
from tests.support.leftovers import is_alive

pytestmark = pytest.mark.slow

#: Starts a daemon in a session of its own, without the pipe of its job, and prints its process number.
DAEMON = """
import os, subprocess, sys
environment = {} if "bare" in sys.argv else None
cwd = os.environ["TASK_SHARED_FOLDER"] if "stay" in sys.argv else "/"
closed = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
daemon = subprocess.Popen(["sleep", "600"], env=environment, start_new_session=True, cwd=cwd, **closed)
print(daemon.pid, flush=True)
if "wait" in sys.argv:
    daemon.wait()
"""
#: An application that embeds a server with such a job, and says so when it runs.
APPLICATION = """
import sys, time
sys.path.insert(0, {path!r})
from tests.local.conftest import Htc
from rescalehtc.local import LocalServer
server = LocalServer(speed=200).start()
htc = Htc.of(server)
task = htc.task()
htc.submit(task, sys.executable, "-c", {daemon!r}, "wait")
job = htc.until(lambda: htc.all(f"{{task}}/jobs")[0])
print(htc.until(lambda: htc.log(job))[0], server.folder, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system has no /proc")
@pytest.mark.parametrize("way", [[], ["stay"]])
def test_a_daemon_ends_soon_after_its_job(htc: Any, way: list[str]) -> None:
    job = htc.run(sys.executable, "-c", DAEMON, *way)
    pid = int(htc.log(job)[0])
    htc.until(lambda: not is_alive(pid), "the end of the daemon")


def test_the_jobs_that_still_run_are_not_touched(htc: Any) -> None:
    task = htc.task()
    htc.submit(task, "sleep", "600")
    htc.until(lambda: htc.counts(task)["RUNNING"], "the start")
    htc.run("true")
    time.sleep(1.5)  # twice the time after which leftovers are looked for
    assert htc.counts(task)["RUNNING"] == 1


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system has no /proc")
@pytest.mark.parametrize("way", [["bare"], ["bare", "stay"]])
def test_an_unmarked_daemon_ends_with_the_server(start: Any, way: list[str]) -> None:
    htc = start()
    job = htc.run(sys.executable, "-c", DAEMON, *way)
    pid = int(htc.log(job)[0])
    htc.server.stop()
    htc.until(lambda: not is_alive(pid), "the end of the daemon")


def test_processes_of_yours_in_the_folder_are_left_alone(start: Any, tmp_path: Path) -> None:
    """What nobody waits for, as after its terminal was closed, was killed if it worked in the folder."""
    data = tmp_path / "data"
    LocalServer(data=data).start().stop()
    script = "sleep 600 > yours 2>&1 < /dev/null & echo $!"
    pid = int(subprocess.run(["sh", "-c", script], cwd=data, stdout=subprocess.PIPE, check=True).stdout)
    try:
        htc = start(data=data)
        htc.run("true")
        htc.server.stop()
        assert is_alive(pid)
    finally:
        os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_no_job_and_no_folder_outlives_an_application_that_is_killed(number: int) -> None:
    code = APPLICATION.format(path=str(Path(__file__).parents[3]), daemon=DAEMON)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    pid, folder = process.stdout.readline().split()
    process.send_signal(number)
    process.communicate()
    end = time.monotonic() + 60
    while is_alive(int(pid)) or Path(folder).exists():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_removed_folder_and_odd_files_do_not_stop_the_server(start: Any) -> None:
    htc = start()
    project = htc.project()
    task = htc.task(project)
    script = (
        "cd $TASK_SHARED_FOLDER/..; rm -rf $TASK_SHARED_FOLDER; mkfifo fifo; ln -s /dev/zero device; mkdir x; chmod 0 x"
    )
    htc.submit(task, "sh", "-c", script)
    htc.finish(task)
    htc.call("PUT", f"{project}/task-retention-policy", json={"archiveAfter": 1, "deleteAfter": 1})
    htc.server.clock.advance(5 * 3600)
    assert htc.get(task)["lifecycleStatus"] == "DELETED"
    htc.run("true")


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system has no /proc")
def test_a_job_that_kills_its_parent_ends_with_the_launcher_and_not_the_server(htc: Any) -> None:
    task = htc.task()
    htc.submit(task, "sh", "-c", "echo $$; sleep 600")
    (other,) = htc.until(lambda: htc.all(f"{task}/jobs"))
    (pid,) = htc.until(lambda: htc.log(other))
    htc.submit(task, "sh", "-c", "kill -9 $PPID; sleep 600")
    for job in htc.finish(task):
        assert job["status"] == "FAILED"
        assert "signal 9" in job["statusReason"]
    assert not is_alive(int(pid))
    assert htc.run("true")["status"] == "SUCCEEDED"


def test_a_message_that_ends_its_receiver_was_sent() -> None:
    """A job that killed the launcher at once was reported as one that could not be started, on a busy machine."""
    its, ours = socket.socketpair()

    class Slow(socket.socket):
        def sendmsg(self, *arguments: Any) -> int:
            sent = super().sendmsg(*arguments)
            its.recv(sent)
            its.close()
            return sent

    with Slow(fileno=ours.detach()) as connection:
        launcher.send(connection, ("start",))


def test_a_launcher_leaves_the_jobs_of_the_next_server_alone(start: Any, tmp_path: Path) -> None:
    htc = start(data=tmp_path / "data")
    job = htc.run("true")
    program = [sys.executable, "-I", "-S", launcher.__file__, str(htc.server.folder), "0", "", ""]
    ours, its = socket.socketpair()
    with subprocess.Popen(program, stdin=its.fileno()) as killed:
        its.close()
        task = htc.task()
        htc.submit(task, "sleep", "600")
        htc.until(lambda: htc.counts(task)["RUNNING"], "the start")
        ours.close()  # as if its server had been killed
    assert killed.returncode == 0
    assert htc.counts(task)["RUNNING"] == 1
    assert htc.log(job) == []
