"""Bearer tokens: when they are renewed, and how processes and versions share them."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from rescalehtc import BearerToken, HtcSession
from rescalehtc import exceptions as e
from rescalehtc._utils.file_lock import try_lock
from rescalehtc.bearer_token import token_from_str
from tests.support.routes import call, keyed
from tests.support.scripted import Make, Service, reply

KEY_FILE_KEY = "file-key-1234567"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "config" / "default"
    home.mkdir(parents=True)
    (home / "rescale_api_token.txt").write_text(KEY_FILE_KEY + "\n")
    return tmp_path / "config"


@pytest.fixture
def shared(make: Make, folder: Path) -> Make:
    """Sessions that use the key file."""
    return lambda **options: make(api_key=None, config_folder_override=folder, **options)


def cache_file(folder: Path) -> Path:
    return folder / "default" / "rescale_bearer_token.json"


def write_as_version_1(folder: Path, value: str, hours: float = 6) -> None:
    """What 1.1.0 leaves behind: local time without a zone."""
    expires = datetime.now() + timedelta(hours=hours)
    cache_file(folder).write_text(
        json.dumps({"tokenValue": value, "expiresIn": 21600, "tokenType": "Bearer", "expiresAt": expires.isoformat()})
    )


def read_as_version_1(folder: Path) -> tuple[str, timedelta]:
    """How 1.1.0 reads it: these two fields, and now() without a zone."""
    entry = json.loads(cache_file(folder).read_text())
    return entry["tokenValue"], datetime.fromisoformat(entry["expiresAt"]) - datetime.now()


def test_two_sessions_share_one_token(shared: Make, service: Service) -> None:
    service.script(reply())
    shared().send(call())
    shared().send(call())
    assert service.tokens == 1


def test_version_1_reads_our_token(shared: Make, service: Service, folder: Path) -> None:
    service.script(reply())
    shared().send(call())
    value, left = read_as_version_1(folder)
    assert value == Service.token(1)
    assert timedelta(hours=5, minutes=59) < left <= timedelta(hours=6)


def test_we_read_the_token_of_version_1(shared: Make, service: Service, folder: Path) -> None:
    write_as_version_1(folder, "token-of-1.1.0", hours=1)  # too old for 1.1.0, good for us
    service.script(reply())
    shared().send(call())
    assert service.tokens == 0
    assert service.calls[0].headers["authorization"] == "Bearer token-of-1.1.0"


@pytest.mark.parametrize("hours", [-1, 0, 0.05])
def test_a_token_near_its_end_is_not_taken(shared: Make, service: Service, folder: Path, hours: float) -> None:
    write_as_version_1(folder, "old", hours)
    service.script(reply())
    shared().send(call())
    assert service.tokens == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"tokenValue": "abc", "expi',
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"tokenValue": "abc"}',
        b'{"tokenValue": null, "expiresAt": "2999-01-01T00:00:00"}',
        b'{"tokenValue": "abc", "expiresAt": 7}',
        b'{"tokenValue": "abc", "expiresAt": "soon"}',
        b'{"tokenValue": "a\\nb", "expiresAt": "2999-01-01T00:00:00"}',
        b'{"tokenValue": "abc", "expiresAt": "2999-01-01T00:00:00", "credential": 7}',
        b'{"tokenValue": "abc", "expiresAt": "2999-01-01", "credential": {"salt": "a", "fingerprint": "b"}}',
        b'{"tokenValue": "abc", "expiresAt": "2999-01-01", "credential": {"salt": "\\ud800", "fingerprint": ""}}',
        b'{"tokenValue": "abc", "expiresAt": "2999-01-01", "credential": {"salt": "", "fingerprint": "\\ud800"}}',
        b"[" * 100_000,
    ],
)
def test_an_unusable_file_is_replaced(shared: Make, service: Service, folder: Path, content: bytes) -> None:
    cache_file(folder).write_bytes(content)
    service.script(reply())
    shared().send(call())
    assert service.tokens == 1
    assert read_as_version_1(folder)[0] == Service.token(1)


@pytest.mark.parametrize("lifetime", ["1" + "0" * 400, "-1", "NaN", "Infinity", "1e300", '"x"', "null", "[]", "true"])
def test_an_odd_lifetime_in_the_file(shared: Make, service: Service, folder: Path, lifetime: str) -> None:
    cache_file(folder).write_text(
        f'{{"tokenValue": "abc", "expiresAt": "2999-01-01T00:00:00", "expiresIn": {lifetime}}}'
    )
    service.script(reply(json=7))
    assert shared().send(call()) == 7


@pytest.mark.parametrize("lifetime", [-1e12, -1e300, -(10**400)])
def test_an_odd_lifetime_of_a_new_token(shared: Make, service: Service, lifetime: float) -> None:
    service.script(reply(json=1))
    body = json.dumps({"tokenValue": "token-0123456789", "expiresIn": lifetime}).encode()
    service.token_answers = [httpx.Response(200, content=body)] * 2
    assert shared().send(call()) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", ["rescale_bearer_token.json", "rescale_bearer_token.lock"])
def test_a_pipe_is_not_waited_for(shared: Make, service: Service, folder: Path, name: str) -> None:
    os.mkfifo(folder / "default" / name)
    service.script(reply(json=7))
    assert shared().send(call()) == 7


def test_a_new_key_does_not_use_the_old_ones_token(shared: Make, service: Service, folder: Path) -> None:
    service.script(reply())
    shared().send(call())
    (folder / "default" / "rescale_api_token.txt").write_text("another-key-99")
    shared().send(call())
    assert service.tokens == 2


def test_a_token_is_never_sent_to_another_base_url(shared: Make, service: Service, folder: Path) -> None:
    write_as_version_1(folder, "for-the-real-service")
    service.script(reply())
    shared(base_url="https://other.example/api").send(call())
    assert service.tokens == 1
    assert "for-the-real-service" not in str([request.headers for request in service.requests])
    # ... and 1.1.0, which knows one base URL only, does not find the other one's token.
    assert read_as_version_1(folder)[0] == "for-the-real-service"
    shared(base_url="https://other.example/api").send(call())
    assert service.tokens == 1
    shared(base_url="https://third.example/api").send(call())
    assert service.tokens == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes there")
def test_files_are_for_this_user_alone(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESCALE_HTC_REFRESH_TOKEN", "refresh-123456")
    service.script(reply())
    folder = tmp_path / "new"
    with httpx.Client(transport=httpx.MockTransport(service)) as client:
        HtcSession(config_folder_override=folder, http_client=client).send(call())
    assert service.requests[0].headers["authorization"] == "Refresh refresh-123456"
    home = folder / "default"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    names = {path.name for path in home.iterdir()}
    assert names == {"rescale_bearer_token.json", "rescale_bearer_token.lock"}
    for path in home.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "refresh-123456" not in cache_file(folder).read_text()


def test_with_a_key_argument_no_file_is_touched(make: Make, service: Service, folder: Path) -> None:
    write_as_version_1(folder, "not-for-you")
    before = {path.name: path.read_bytes() for path in (folder / "default").iterdir()}
    service.script(reply())
    make(config_folder_override=folder).send(call())
    assert service.tokens == 1
    assert {path.name: path.read_bytes() for path in (folder / "default").iterdir()} == before


def test_a_folder_that_cannot_be_written(
    shared: Make, service: Service, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("rescalehtc._auth.token_cache.try_lock", refuse)
    monkeypatch.setattr("rescalehtc._auth.token_cache.replacing", refuse)
    service.script(reply(json=1))
    assert shared().send(call()) == 1


def test_no_half_written_file_stays(
    shared: Make, service: Service, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    service.script(reply(json=1))
    assert shared().send(call()) == 1
    assert not list((folder / "default").glob(".rescale*"))


def test_while_another_process_fetches_we_wait_and_use_its_token(
    shared: Make, service: Service, folder: Path, pauses: list[float]
) -> None:
    lock = try_lock(folder / "default" / "rescale_bearer_token.lock")
    assert lock is not None
    driver = shared()
    service.script(reply())
    original, count = driver.session._exchange.tokens._cache.try_lock, 0

    def try_again() -> Any:
        nonlocal count
        count += 1
        if count == 3:
            write_as_version_1(folder, "token-of-the-other")
            lock.release()
        return original()

    driver.session._exchange.tokens._cache.try_lock = try_again
    driver.send(call())
    assert len(pauses) == 2
    assert service.tokens == 0
    assert service.calls[0].headers["authorization"] == "Bearer token-of-the-other"


def test_a_lock_that_is_never_released_does_not_stop_us(shared: Make, service: Service, folder: Path) -> None:
    lock = try_lock(folder / "default" / "rescale_bearer_token.lock")
    assert lock is not None
    try:
        driver = shared()
        clock = iter(range(0, 100_000, 10))
        driver.session._exchange.timing.monotonic = lambda: next(clock)
        service.script(reply(json=1))
        assert driver.send(call()) == 1
    finally:
        lock.release()
        lock.release()


def test_the_lock_is_released_after_an_error(shared: Make, service: Service, folder: Path) -> None:
    service.token_answers = [reply(401, content=b"")]
    with pytest.raises(e.HtcUnauthorizedError) as caught:
        shared().send(call())
    lock = try_lock(folder / "default" / "rescale_bearer_token.lock")  # although the exception is still held
    assert lock is not None
    lock.release()
    assert KEY_FILE_KEY not in str(caught.value)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX locks")
def test_the_lock_works_between_processes(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    program = f"""
import pathlib, sys
from rescalehtc._utils.file_lock import try_lock
lock = try_lock(pathlib.Path({str(path)!r}))
print(lock is not None, flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        assert try_lock(path) is None
        process.communicate()
    lock = try_lock(path)  # freed when its holder died
    assert lock is not None
    lock.release()


def test_a_401_looks_for_a_newer_token_in_the_file_first(shared: Make, service: Service, folder: Path) -> None:
    driver = shared()
    service.script(reply())
    driver.send(call())
    write_as_version_1(folder, "newer-one")
    service.script(reply(401, content=b""), reply(json=2))
    assert driver.send(call()) == 2
    assert service.tokens == 1
    assert service.calls[-1].headers["authorization"] == "Bearer newer-one"


def test_a_rejected_token_is_not_taken_from_the_file_again(shared: Make, service: Service, folder: Path) -> None:
    write_as_version_1(folder, "revoked")
    service.script(reply(401, content=b""), reply(json=2))
    assert shared().send(call()) == 2
    assert [request.headers["authorization"] for request in service.calls] == [
        "Bearer revoked",
        f"Bearer {Service.token(1)}",
    ]


def test_renewal_before_the_end(make: Make, service: Service) -> None:
    driver = make()
    now = [1e9]
    driver.session._exchange.timing.clock = lambda: now[0]
    service.script(reply())
    driver.send(call())
    now[0] += 21600 - 601
    driver.send(call())
    assert service.tokens == 1
    now[0] += 302
    driver.send(call())
    assert service.tokens == 2


@pytest.mark.parametrize("lifetime", [0, 1, 30, 1e400, None, "x", True])
def test_odd_lifetimes(make: Make, service: Service, lifetime: Any) -> None:
    if lifetime == 1e400:
        service.token_answers = [reply(content=b'{"tokenValue": "t1", "expiresIn": 1e400}')]
    service.lifetime = lifetime
    service.script(reply(json=5))
    driver = make()
    assert driver.send(call()) == 5
    assert driver.send(call()) == 5


def test_the_old_token_is_used_while_no_new_one_can_be_fetched(make: Make, service: Service) -> None:
    driver = make(max_retries=0)
    now = [1e9]
    driver.session._exchange.timing.clock = lambda: now[0]
    service.script(reply(json=1))
    driver.send(call())
    now[0] += 21600 - 60
    service.token_answers = [reply(503), reply(503), reply(503)]
    assert driver.send(call()) == 1
    assert driver.send(call()) == 1  # without asking again at once
    assert len(service.token_answers) == 2
    now[0] += 61
    with pytest.raises(e.HtcServerError):
        driver.send(call())


def test_a_job_token_that_is_not_accepted_says_so(
    make: Make, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESCALE_HTC_BEARER_TOKEN", "job-token-1")
    service.script(reply(401, content=b""))
    with pytest.raises(e.HtcUnauthorizedError, match="RESCALE_HTC_BEARER_TOKEN, which cannot be renewed"):
        make(api_key=None).send(call())
    assert len(service.requests) == 1


def test_a_job_token_opens_no_key_route(make: Make, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESCALE_HTC_BEARER_TOKEN", "job-token-1")
    with pytest.raises(e.HtcConfigurationError, match="API key"):
        make(api_key=None).send(keyed())


def jwt(**claims: Any) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'alg': 'RS256'})}.{part(claims)}.c2ln"


def test_the_token_object(make: Make, service: Service) -> None:
    text = jwt(exp=1_700_000_000, userEmail="a@b.c", userDefined_team="x", userDefined_userDefined_y=1)
    service.token_answers = [reply(json={"tokenValue": text, "expiresIn": 21600})]
    token = make().invoke("get_bearer_token")
    assert isinstance(token, BearerToken)
    assert token.header == {"alg": "RS256"}
    assert token.payload["userEmail"] == "a@b.c"
    assert token.expiry == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert token.get_user_claims() == token.user_claims == {"team": "x", "userDefined_y": 1}
    assert token.encoded_token == text
    for part in text.split("."):
        assert part not in repr(token)
    assert "a@b.c" not in repr(token)


@pytest.mark.parametrize("exp", [None, "soon", 1e30, [], float("nan")])
def test_a_token_without_a_readable_expiry(exp: object) -> None:
    assert BearerToken({}, {"exp": exp}, "").expiry is None


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c.d", "secret", "!!.!!.!!", "W10.W10.x", "e30.W10.x", "éé.éé.éé"])
def test_values_that_are_not_tokens(text: str) -> None:
    with pytest.raises(e.HtcException) as caught:
        token_from_str(text)
    assert not text or text not in str(caught.value)


def test_what_version_1_offered(make: Make, service: Service) -> None:
    driver = make()
    driver.invoke("reauthenticate_if_needed")
    driver.invoke("reauthenticate_if_needed")
    assert service.tokens == 1
    driver.invoke("do_authenticate")
    assert service.tokens == 2
    session = driver.session
    assert session.bearer_expiry > datetime.now(UTC) + timedelta(hours=5)
    assert session.RESCALE_API_BASE_URL == "https://htc.rescale.com/api/v1"
    if driver.kind == "sync":
        assert Service.token(2) == session.RESCALE_HTC_BEARER_TOKEN


@pytest.mark.parametrize(
    "name", ["RESCALE_API_BASE_URL", "api_key", "bearer_expiry", "bearer_json", "requests_session"]
)
def test_attributes_that_cannot_be_set_say_what_to_do(name: str) -> None:
    """If it had no effect, the program would use another server or key than it says."""
    with (
        HtcSession(api_key="any-key") as session,
        pytest.raises(AttributeError, match=f"{name} of a session cannot be set: .*(HtcSession|do_authenticate)"),
    ):
        setattr(session, name, "https://other.example/api/v1")


@pytest.mark.slow
def test_many_threads_fetch_one_token(service: Service) -> None:
    inside = threading.Barrier(32)
    service.script(lambda request: reply(json=int(request.url.path.rpartition("/")[2])))
    results: list[int] = []
    with (
        httpx.Client(transport=httpx.MockTransport(service)) as client,
        HtcSession(api_key="k" * 8, http_client=client) as session,
    ):

        def work(number: int) -> None:
            inside.wait()
            for repeat in range(20):
                expected = number * 100 + repeat
                assert session.send(call(target=f"/htc/things/{expected}")) == expected
                results.append(expected)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(32)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(results) == 640
    assert service.tokens == 1
