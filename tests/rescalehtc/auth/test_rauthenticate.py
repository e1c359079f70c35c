"""The command stores a key only if it is valid, so that nobody else can read it, and removes it again."""

from __future__ import annotations

import importlib
import io
import stat
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from rescalehtc import HtcSession, api, rauthenticate

WORKSPACE = "Local workspace"


@pytest.fixture
def folder(tmp_path: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty config folder, and an environment that leads to the local server."""
    for name in ("RESCALE_API_TOKEN", "RESCALE_HTC_REFRESH_TOKEN", "RESCALE_HTC_BEARER_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RESCALE_HTC_API_URL", server.url)
    return tmp_path / "config"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(folder: Path, *arguments: str) -> int:
    return rauthenticate.main(["--config-folder", str(folder), *arguments])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_symlink())


class TestLogIn:
    @pytest.mark.slow
    @pytest.mark.parametrize("arguments", [["-i"], []], ids=["asked to ask", "without any key"])
    def test_from_a_terminal_the_key_is_not_shown(
        self,
        folder: Path,
        server: Any,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        arguments: list[str],
    ) -> None:
        prompts: list[str] = []

        def getpass(prompt: str) -> str:
            prompts.append(prompt)
            return f" {server.api_key}\n"

        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr(rauthenticate.getpass, "getpass", getpass)
        assert run(folder, *arguments) == 0
        shown = capsys.readouterr()
        assert server.api_key not in shown.out + shown.err
        assert f"belongs to the workspace {WORKSPACE}" in shown.out
        assert "You are Local User (local.user@example.com)" in shown.out
        assert len(prompts) == 1

        key = folder / WORKSPACE / "rescale_api_token.txt"
        assert key.read_text() == server.api_key
        assert mode(key) == 0o600
        assert mode(folder) == mode(folder / WORKSPACE) == 0o700
        assert (folder / "default").resolve() == folder / WORKSPACE
        with HtcSession(config_folder_override=str(folder)) as session:
            assert api.get_htc_projects(session) == []

    @pytest.mark.slow
    def test_from_a_pipe(self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{server.api_key}\n"))
        assert run(folder, "--interactive") == 0
        assert (folder / "default" / "rescale_api_token.txt").read_text() == server.api_key

    @pytest.mark.slow
    def test_from_the_environment(self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        assert run(folder) == 0
        assert (folder / WORKSPACE / "rescale_api_token.txt").read_text() == server.api_key

    @pytest.mark.slow
    def test_a_refresh_token_is_checked_and_not_stored(
        self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("RESCALE_HTC_REFRESH_TOKEN", server.refresh_token)
        assert run(folder) == 0
        assert "You are" in capsys.readouterr().out
        assert not list(folder.rglob("rescale_api_token.txt"))

    @pytest.mark.slow
    def test_the_stored_key_is_checked_again_with_a_new_token(
        self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        run(folder)
        monkeypatch.delenv("RESCALE_API_TOKEN")
        stale = folder / WORKSPACE / "rescale_bearer_token.json"
        stale.write_text("{}")
        assert run(folder) == 0
        assert not stale.exists()

    @pytest.mark.slow
    @pytest.mark.parametrize("key", ["wrong-key-0123456789", "", "two\nlines é"])
    def test_a_bad_key_changes_nothing(
        self,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        key: str,
    ) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr(rauthenticate.getpass, "getpass", lambda prompt: key)
        assert run(folder, "-i") == 1
        assert not folder.exists()
        shown = capsys.readouterr()
        assert "Error: " in shown.err
        assert not key or key not in shown.out + shown.err

    @pytest.mark.slow
    def test_a_key_of_another_workspace_changes_nothing(
        self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        assert run(folder, "--workspace", "another") == 1
        assert f"belongs to the workspace {WORKSPACE}, not to another" in capsys.readouterr().err
        assert not folder.exists()
        assert run(folder, "--workspace", WORKSPACE) == 0

    @pytest.mark.slow
    def test_no_key_and_nobody_to_ask(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("a key that nobody asked for\n"))
        assert run(folder) == 1
        assert "Use --interactive, or set RESCALE_API_TOKEN" in capsys.readouterr().err

    @pytest.mark.slow
    def test_control_c(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        def getpass(prompt: str) -> str:
            raise KeyboardInterrupt

        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr(rauthenticate.getpass, "getpass", getpass)
        assert run(folder, "-i") == 1
        assert "Nothing was changed" in capsys.readouterr().err

    @pytest.mark.slow
    def test_a_name_that_leads_elsewhere_is_refused(
        self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        real = api.get_auth_whoami

        def whoami(*arguments: Any) -> Any:
            answer = real(*arguments)
            assert answer.user is not None
            assert answer.user.workspace is not None
            answer.user.workspace.name = "../elsewhere"
            return answer

        monkeypatch.setattr(rauthenticate.api, "get_auth_whoami", whoami)
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        assert run(folder) == 1
        assert "cannot be the name of a folder" in capsys.readouterr().err
        assert not (folder.parent / "elsewhere").exists()

    @pytest.mark.slow
    def test_a_response_without_a_workspace(
        self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        server.faults.add("null_fields", "getWhoAmI", fields=["user"])
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        assert run(folder) == 1
        assert "does not say which workspace" in capsys.readouterr().err

    @pytest.mark.slow
    def test_the_default_changes(self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "other").mkdir(parents=True)
        (folder / "default").symlink_to(folder / "other")
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        assert run(folder) == 0
        assert (folder / "default").resolve() == folder / WORKSPACE

    @pytest.mark.slow
    def test_a_default_that_is_a_folder_gets_the_key_too(
        self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "default").mkdir(parents=True)
        (folder / "default" / "rescale_api_token.txt").write_text("old")
        (folder / "default" / "rescale_api_token.txt").chmod(0o644)
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        assert run(folder) == 0
        assert (folder / "default" / "rescale_api_token.txt").read_text() == server.api_key
        assert mode(folder / "default" / "rescale_api_token.txt") == 0o600

    @pytest.mark.slow
    def test_where_links_cannot_be_made(self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        def symlink_to(self: Path, *arguments: Any, **options: Any) -> None:
            raise OSError("not permitted")

        monkeypatch.setattr(Path, "symlink_to", symlink_to)
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        assert run(folder) == 0
        for name in (WORKSPACE, "default"):
            assert (folder / name / "rescale_api_token.txt").read_text() == server.api_key
            assert mode(folder / name) == 0o700

    @pytest.mark.slow
    @pytest.mark.parametrize(("text", "shown"), [('{"userFullName": "Ada"}', "You are Ada"), ("Ada", "You are None")])
    def test_a_response_that_is_a_string(
        self,
        folder: Path,
        server: Any,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        text: str,
        shown: str,
    ) -> None:
        monkeypatch.setattr(rauthenticate.api, "get_auth_token_whoami", lambda session: text)
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        assert run(folder) == 0
        assert shown in capsys.readouterr().out


class TestStatus:
    @pytest.mark.slow
    def test_it_shows_keys_without_showing_them(
        self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        run(folder)
        (folder / WORKSPACE / "rescale_api_token.txt").chmod(0o644)
        capsys.readouterr()
        assert run(folder, "--status") == 0
        shown = capsys.readouterr().out
        assert f"{WORKSPACE} (default): " in shown
        assert "WARNING: other users can read it" in shown
        assert "environment variable RESCALE_API_TOKEN is set" in shown
        assert "You are Local User" in shown
        assert server.api_key not in shown

    @pytest.mark.slow
    def test_nothing_is_stored(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(folder, "--status") == 1
        shown = capsys.readouterr()
        assert "No API key is stored" in shown.out
        assert "No credentials" in shown.err


class TestLogOut:
    @pytest.mark.slow
    @pytest.mark.parametrize("arguments", [(), ("--workspace", WORKSPACE)])
    def test_nothing_remains(
        self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
    ) -> None:
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        run(folder)
        assert files(folder)
        assert run(folder, "--logout", *arguments) == 0
        assert files(folder) == []
        assert not (folder / "default").is_symlink()

    @pytest.mark.slow
    def test_leftovers_of_a_killed_program_are_removed_too(
        self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        run(folder)
        home = folder / WORKSPACE
        for name in (".rescale_bearer_token.json.0123", ".rescale_api_token.txt.0123", "rescale_bearer_token.ab.lock"):
            (home / name).write_text("secret")
        (home / "rescale_bearer_token.cd.json").symlink_to("nowhere")
        assert run(folder, "--logout") == 0
        assert files(folder) == []

    @pytest.mark.slow
    def test_other_workspaces_stay(self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        run(folder)
        (folder / "other").mkdir()
        (folder / "other" / "rescale_api_token.txt").write_text("key")
        assert run(folder, "--logout", "--workspace", "other") == 0
        assert (folder / "default" / "rescale_api_token.txt").exists()
        assert not (folder / "other").exists()

    @pytest.mark.slow
    def test_other_files_stay(self, folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
        run(folder)
        (folder / WORKSPACE / "notes.txt").write_text("mine")
        assert run(folder, "--logout") == 0
        assert files(folder) == [WORKSPACE, f"{WORKSPACE}/notes.txt"]

    @pytest.mark.slow
    def test_nothing_to_remove(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(folder, "--logout") == 0
        assert "Nothing to remove" in capsys.readouterr().out

    @pytest.mark.slow
    def test_paths_outside_the_folder_are_refused(self, folder: Path) -> None:
        folder.mkdir()
        (folder.parent / "rescale_api_token.txt").write_text("key")
        assert run(folder, "--logout", "--workspace", "..") == 1
        assert (folder.parent / "rescale_api_token.txt").exists()


@pytest.mark.slow
def test_a_folder_that_cannot_be_made(
    folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write_text("a file")
    monkeypatch.setenv("RESCALE_API_TOKEN", server.api_key)
    assert run(folder) == 1
    assert str(folder) in capsys.readouterr().err


@pytest.mark.slow
def test_status_and_logout_exclude_each_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(folder, "--status", "--logout")
    assert caught.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_the_command_is_installed_under_its_name() -> None:
    with (Path(__file__).parents[3] / "pyproject.toml").open("rb") as file:
        scripts = tomllib.load(file)["project"]["scripts"]
    module, _, function = scripts["rauthenticate"].partition(":")
    assert getattr(importlib.import_module(module), function) is rauthenticate.main
