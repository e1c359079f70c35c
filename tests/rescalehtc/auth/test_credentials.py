"""Where credentials are looked for, in which order, and what the message says if there are none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rescalehtc import AsyncHtcSession, HtcSession
from rescalehtc._auth.credentials import find
from rescalehtc.exceptions import HtcAuthenticationError, HtcConfigurationError

ALL = {"RESCALE_HTC_REFRESH_TOKEN": "r" * 8, "RESCALE_API_TOKEN": "a" * 8, "RESCALE_HTC_BEARER_TOKEN": "b" * 8}


def key_file(folder: Path, key: str, workspace: str = "default") -> Path:
    path = folder / workspace / "rescale_api_token.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(key)
    return path


def test_the_order(tmp_path: Path) -> None:
    path = key_file(tmp_path, "filekey1")

    def header(api_key: str | None = None, *, without: tuple[str, ...] = ()) -> str:
        environ = {name: value for name, value in ALL.items() if name not in without}
        return find("default", tmp_path, api_key, environ, explicit=False).header

    assert header("argument") == "Token argument"
    assert header() == "Refresh rrrrrrrr"
    refresh, key, _ = ALL
    assert header(without=(refresh,)) == "Token filekey1"
    path.unlink()
    assert header(without=(refresh,)) == "Token aaaaaaaa"
    assert header(without=(refresh, key)) == "Bearer bbbbbbbb"
    with pytest.raises(HtcAuthenticationError):
        header(without=tuple(ALL))


def test_only_file_and_refresh_token_share_bearer_tokens(tmp_path: Path) -> None:
    def folder(api_key: str | None = None, **environ: str) -> Path | None:
        return find("default", tmp_path, api_key, environ, explicit=False).folder

    assert folder("argument") is None
    assert folder(RESCALE_API_TOKEN="a") is None
    assert folder(RESCALE_HTC_BEARER_TOKEN="a") is None
    assert folder(RESCALE_HTC_REFRESH_TOKEN="a") == tmp_path / "default"
    key_file(tmp_path, "filekey1")
    assert folder() == tmp_path / "default"


def test_each_workspace_has_its_key(tmp_path: Path) -> None:
    key_file(tmp_path, "one", "first")
    key_file(tmp_path, " two \r\n", "second")
    assert find("first", tmp_path, None, {}, explicit=True).secret == "one"
    assert find("second", tmp_path, None, {}, explicit=True).secret == "two"


def test_another_key_for_a_named_workspace_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert find("mine", tmp_path, None, {"RESCALE_API_TOKEN": "secret-key"}, explicit=True).secret == "secret-key"
    assert "mine" in caplog.text
    assert "secret-key" not in caplog.text


@pytest.mark.parametrize("session", [HtcSession, AsyncHtcSession])
def test_without_any_the_message_says_what_to_do(session: type[HtcSession | AsyncHtcSession], tmp_path: Path) -> None:
    with pytest.raises(HtcAuthenticationError) as caught:
        session(config_folder_override=tmp_path)
    for word in ("rauthenticate", "api_key", "RESCALE_API_TOKEN", "rescale_api_token.txt", "RESCALE_HTC_REFRESH_TOKEN"):
        assert word in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_config_folder_is_in_the_home() -> None:
    folder = Path(os.environ["HOME"]) / ".config" / "rescalehtc"
    key_file(folder, "homekey1")
    with HtcSession() as session:
        assert str(folder) == session.CONFIG_FOLDER
        assert session.workspace == "default"
        assert "homekey1" not in repr(session)


@pytest.mark.parametrize("key", ["", " \n", "two words", "sécret", "line\nline"])
def test_unusable_keys_are_refused_without_showing_them(key: str, tmp_path: Path) -> None:
    with pytest.raises(HtcConfigurationError, match="api_key argument") as caught:
        HtcSession(api_key=key)
    assert not key.strip() or key not in str(caught.value)
    path = key_file(tmp_path, key)
    with pytest.raises(HtcConfigurationError, match=path.name):
        HtcSession(config_folder_override=str(tmp_path))


def test_a_key_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = key_file(tmp_path, "")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(HtcConfigurationError, match="not text"):
        HtcSession(config_folder_override=tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(HtcConfigurationError, match="cannot be read"):
        HtcSession(config_folder_override=tmp_path)


def test_a_key_with_a_byte_order_mark(tmp_path: Path) -> None:
    key_file(tmp_path, "").write_bytes(b"\xef\xbb\xbfkey12345\r\n")
    assert find("default", tmp_path, None, {}, explicit=False).secret == "key12345"


@pytest.mark.parametrize("workspace", ["", "..", "a/b", "a\\b", "a\0b"])
def test_a_workspace_is_the_name_of_a_folder(workspace: str, tmp_path: Path) -> None:
    with pytest.raises(HtcConfigurationError, match="workspace"):
        HtcSession(workspace, config_folder_override=tmp_path)


def test_empty_variables_count_as_absent(tmp_path: Path) -> None:
    with pytest.raises(HtcAuthenticationError):
        find("default", tmp_path, None, dict.fromkeys(ALL, ""), explicit=False)


def test_the_token_of_a_job_is_used_as_it_is(make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """See test_tokens for what happens to it after a 401."""
    monkeypatch.setenv("RESCALE_HTC_BEARER_TOKEN", "job-token-1")
    with HtcSession() as session:
        assert session.RESCALE_HTC_BEARER_TOKEN == "job-token-1"
        session.do_authenticate()
        assert session.RESCALE_HTC_BEARER_TOKEN == "job-token-1"
