"""What the server protects, and from whom: each line of the security section of the documentation."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from rescalehtc.local import LocalServer

from ..services.storage_client import read


def send_raw(htc: Any, data: bytes) -> bytes:
    """What the server answers to bytes, until it closes or says nothing more."""
    url = httpx.URL(htc.server.url)
    with socket.create_connection((url.host, url.port), timeout=10) as connection:
        connection.sendall(data)
        return connection.recv(65536)


@pytest.mark.slow
@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "10.0.0.1"])
def test_a_name_that_is_not_this_machine_is_refused(htc: Any, host: str) -> None:
    for path in ("/api/v1/auth/token", "/", "/local/state", "/storage/x", "/s3/x"):
        answer = httpx.get(f"{htc.server.page_url.rstrip('/')}{path}", headers={"Host": host})
        assert answer.status_code == 421


@pytest.mark.slow
@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "127.0.0.1", "127.1.2.3:80", "[::1]:80", "localhost:"])
def test_this_machine_may_be_named_in_any_way(htc: Any, host: str) -> None:
    assert httpx.get(f"{htc.server.page_url}health", headers={"Host": host}).text == "ok\n"


@pytest.mark.slow
def test_a_body_that_is_too_long_is_refused_before_it_is_read(htc: Any) -> None:
    head = (
        f"POST /api/v1/htc/projects HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {htc.token}\r\n"
        f"Content-Length: {10**12}\r\n\r\n"
    )
    assert send_raw(htc, head.encode()).startswith(b"HTTP/1.1 413 ")
    for path in ("/login", "/local/faults"):
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token {htc.server.api_key}\r\n"
            f"Content-Length: {10**12}\r\n\r\n"
        )
        assert send_raw(htc, head.encode()).startswith(b"HTTP/1.1 413 ")


@pytest.mark.slow
def test_a_body_of_unknown_length_is_read_up_to_the_limit(htc: Any) -> None:
    key = {"Authorization": f"Token {htc.server.api_key}"}
    for path, limit in (("login", 10_000), ("local/faults", 2**20)):
        parts = [b"x" * (limit // 2 + 1)] * 2
        assert httpx.post(f"{htc.server.page_url}{path}", content=iter(parts), headers=key).status_code == 413


@pytest.mark.slow
def test_no_body_is_read_without_a_credential(htc: Any) -> None:
    head = b"POST /api/v1/htc/projects HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
    assert send_raw(htc, head).startswith(b"HTTP/1.1 401 ")


@pytest.mark.slow
def test_an_unauthenticated_request_uses_up_no_fault(htc: Any) -> None:
    fault = htc.server.faults.add("status", "listProjects", status=503)
    url = f"{htc.server.url}/htc/projects"
    assert httpx.get(url).status_code == 401
    assert httpx.get(url, headers={"Authorization": "Bearer x"}).status_code == 401
    assert fault.hits == 0
    htc.call("GET", "htc/projects", 503)
    storage = htc.server.faults.add("status", "getFile", status=503)
    assert httpx.get(f"{htc.server.page_url}storage/x?expires=1&signature=x").status_code == 403
    assert storage.hits == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["fifo", "device", "socket", "unreadable", "loop", "folder"])
def test_only_regular_files_are_served(htc: Any, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    task = htc.task()
    folder = htc.server.folder / "storage" / task.removeprefix("htc/")
    folder.mkdir(parents=True)
    path = folder / "odd"
    if kind == "unreadable" and os.geteuid() == 0:
        pytest.skip("root reads everything")
    listener = socket.socket(socket.AF_UNIX)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "socket":
        monkeypatch.chdir(folder)  # the path of a socket is short
        listener.bind("odd")
    elif kind == "unreadable":
        path.write_text("x")
        path.chmod(0)
    elif kind == "loop":
        path.symlink_to(path)
    else:
        path.mkdir()
    with pytest.raises(ClientError, match=r"NoSuchKey|InvalidArgument"):
        read(htc, task, "odd")
    listener.close()


@pytest.mark.slow
def test_other_machines_need_an_option(htc: Any) -> None:
    with pytest.raises(ValueError, match="allow_remote"):
        LocalServer(host="0.0.0.0")


#: For each line of the security section, by its first two columns, the tests that show it.
TESTS = {
    ("the API, the page, the storage", "other machines"): "test_other_machines_need_an_option",
    ("the same", "websites, through DNS rebinding"): "test_a_name_that_is_not_this_machine_is_refused",
    ("running programs", "other users and programs of the machine"): (
        "test_only_a_bearer_token_opens_the_others test_nothing_else_opens_them test_a_wrong_signature_is_refused"
    ),
    ("your other files", "a mistaken `--data`"): "test_a_folder_with_other_things_is_refused_and_not_touched",
    ("keys and results on disk", "other users of the machine"): (
        "test_nobody_else_may_read_the_folder test_an_empty_folder_keeps_its_mode_and_others_may_not_read_what_is_in_it"
    ),
    ("keys", "logs, errors, the request log"): "test_no_secret_is_in_it test_a_damaged_database_prints_no_key",
    ("files outside the storage", "paths and links in storage requests"): (
        "test_paths_that_lead_elsewhere_are_refused test_a_link_that_a_job_made_does_not_lead_out"
    ),
    ("files and images of a project", "credentials of another project"): (
        "test_credentials_open_their_own_folder_for_an_hour test_invalid_requests_are_refused"
    ),
    ("your images", "a push to AWS by mistake"): "test_the_name_is_one_that_1_1_0_takes_for_aws_and_leads_here",
    ("the server itself", "pipes, devices and sockets in the storage"): "test_only_regular_files_are_served",
    ("memory", "long bodies and headers"): (
        "test_a_body_that_is_too_long_is_refused_before_it_is_read"
        " test_a_body_of_unknown_length_is_read_up_to_the_limit test_no_body_is_read_without_a_credential"
        " test_odd_requests"
    ),
    ("your machine", "what jobs leave behind"): (
        "test_no_job_and_no_folder_outlives_an_application_that_is_killed test_a_daemon_ends_soon_after_its_job"
        " test_containers_end_with_the_server test_a_real_container"
    ),
    ("the container program", "a job's variables and image names"): (
        "test_the_variables_of_a_job_never_reach_the_container_program test_an_invalid_image_name_is_not_run"
    ),
}


def test_each_line_of_the_security_section_has_a_test() -> None:
    root = Path(__file__).parents[3]
    page = (root / "docs" / "how-to" / "local-server.md").read_text("utf-8").partition("## Security")[2]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|", page, re.MULTILINE)
    assert rows[0] == ("what is protected", "from whom")
    assert rows[1:] == list(TESTS)
    code = "".join(path.read_text("utf-8") for path in (root / "tests" / "local").rglob("test_*.py"))
    for name in " ".join(TESTS.values()).split():
        assert f"def {name}(" in code, name


@pytest.mark.slow
def test_a_presigned_url_is_for_its_method(htc: Any) -> None:
    url = htc.get(f"{htc.project()}/storage/presigned-url", filePath="f")["url"]
    assert httpx.put(url, content=b"0123456789").status_code == 200
    assert httpx.get(url).status_code == 403
    assert httpx.get(url.replace("method=PUT", "method=GET")).status_code == 403
