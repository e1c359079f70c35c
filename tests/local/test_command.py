"""The command, and what keeps the server private."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from rescalehtc.local import LocalServer
from rescalehtc.local.__main__ import main
from tests.support.removed_routes import without_orphans

from .conftest import read_ready_lines

pytestmark = pytest.mark.slow


def run(*options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "rescalehtc.local", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_prints_url_and_key_and_ends_when_interrupted(number: int) -> None:
    process = run("--api-key", "my very own key", "--speed", "10")
    assert process.stdout is not None
    variables = read_ready_lines(process.stdout)
    url, key = variables["RESCALE_HTC_API_URL"], variables["RESCALE_API_TOKEN"]
    assert key == "my very own key"
    answer = httpx.get(f"{url}/auth/token", headers={"Authorization": f"Token {key}"})
    assert answer.status_code == 200
    process.send_signal(number)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, without_orphans(errors)) == (0, "", "")
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


@pytest.mark.parametrize(
    "options",
    [
        ["--host", "0.0.0.0"],
        ["--host", "example.com"],
        ["--speed", "0"],
        ["--speed", "nan"],
        ["--workers", "0"],
        ["--api-key", "short"],
        ["--data", "/dev/null"],
        ["--host", "127.0.0.1", "--port", "99999"],
    ],
)
def test_errors_are_one_line(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(options) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("error: ")
    assert output.err.count("\n") == 1


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with LocalServer() as server:
        port = server.url.split(":")[2].split("/")[0]
        assert main(["--port", port]) == 2
    assert "in use" in capsys.readouterr().err


def test_listening_on_other_addresses_needs_an_option_and_warns() -> None:
    process = run("--host", "0.0.0.0", "--allow-remote")
    assert process.stdout is not None
    assert read_ready_lines(process.stdout)["RESCALE_HTC_API_URL"].startswith("http://0.0.0.0:")
    process.terminate()
    _, errors = process.communicate(timeout=60)
    assert without_orphans(errors).startswith("warning: ")


def test_by_default_it_listens_on_loopback_only() -> None:
    with LocalServer() as server:
        host, port = server.url.removeprefix("http://").split("/")[0].split(":")
        assert host == "127.0.0.1"
        with socket.create_server(("127.0.0.2", int(port))):
            pass  # would be taken by a server that listens on every address


def test_ipv6() -> None:
    try:
        server = LocalServer(host="::1").start()
    except OSError:
        pytest.skip("no IPv6 on this machine")
    assert server.url.startswith("http://[::1]:")
    answer = httpx.get(f"{server.url}/auth/token", headers={"Authorization": f"Token {server.api_key}"})
    assert answer.status_code == 200
    server.stop()


def test_a_server_can_be_started_again_and_ends_clean() -> None:
    server = LocalServer()
    for _ in range(2):
        server.start()
        folder = server.folder
        assert folder.is_dir()
        with pytest.raises(RuntimeError, match="already"):
            server.start()
        server.stop()
        assert not folder.exists()
    server.stop()
    with pytest.raises(RuntimeError, match="is not running"):
        _ = server.url


def test_servers_run_side_by_side(start: Callable[..., Any]) -> None:
    one, other = start(), start()
    one.project()
    assert (len(one.all("htc/projects")), len(other.all("htc/projects"))) == (1, 0)
    assert one.server.api_key != other.server.api_key
    assert one.server.folder != other.server.folder


def test_importing_the_package_loads_nothing_of_the_server() -> None:
    code = "import sys, rescalehtc.local; print([m for m in ('uvicorn', 'jwt', 'jsonschema_rs') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['uvicorn'] = None\n"
        "try:\n    from rescalehtc.local import LocalServer\n"
        "except ModuleNotFoundError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "rescalehtc[local]" in done.stdout


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        ("/bin/bash", ["export RESCALE_HTC_API_URL=", "export RESCALE_API_TOKEN='a key with spaces'"]),
        ("/usr/bin/fish", ["set -x RESCALE_HTC_API_URL ", "set -x RESCALE_API_TOKEN 'a key with spaces'"]),
        ("/usr/bin/pwsh", ["$env:RESCALE_HTC_API_URL = '", "$env:RESCALE_API_TOKEN = 'a key with spaces'"]),
    ],
)
def test_what_it_prints_can_be_pasted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shell: str, expected: list[str]
) -> None:
    monkeypatch.setenv("SHELL", shell)
    (tmp_path / "env").touch(mode=0o644)
    process = run("--api-key", "a key with spaces", "--env-file", str(tmp_path / "env"))
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(5)]
    for text in expected:
        assert any(line.startswith(text) for line in lines), lines
    page = lines[0].rpartition(" ")[2].strip()
    assert "API key" in httpx.get(page).text
    assert (tmp_path / "env").stat().st_mode & 0o077 == 0
    written = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().splitlines())
    assert written["RESCALE_API_TOKEN"] == "a key with spaces"
    assert httpx.get(f"{written['RESCALE_HTC_API_URL']}/.well-known/jwks.json").status_code == 200
    process.terminate()
    process.communicate(timeout=60)


def test_verbose_shows_each_request() -> None:
    process = run("--verbose")
    assert process.stdout is not None
    url = read_ready_lines(process.stdout)["RESCALE_HTC_API_URL"]
    httpx.get(f"{url}/.well-known/jwks.json")
    process.terminate()
    _, errors = process.communicate(timeout=60)
    assert "getJsonWebKeys GET /api/v1/.well-known/jwks.json 200" in errors
