"""Replacing a file: all or nothing, with the same permissions, under any name."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from rescalehtc._utils.files import replacing


def write(path: Path, **options: Any) -> None:
    with replacing(path, **options) as file:
        file.write(b"new")


@pytest.mark.skipif(os.name == "nt", reason="permissions of Unix")
class TestPermissions:
    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755, 0o400])
    def test_those_of_the_replaced_file_are_kept(self, tmp_path: Path, mode: int) -> None:
        (tmp_path / "file").write_text("old")
        (tmp_path / "file").chmod(mode)
        write(tmp_path / "file")
        assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == mode
        assert (tmp_path / "file").read_bytes() == b"new"

    def test_a_private_file_is_never_open_to_others(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch(0o600)
        with replacing(tmp_path / "file"):
            (temporary,) = (path for path in tmp_path.iterdir() if path.name != "file")
            assert stat.S_IMODE(temporary.stat().st_mode) == 0o600

    def test_the_umask_decides_for_a_new_one(self, tmp_path: Path) -> None:
        before = os.umask(0o027)
        try:
            write(tmp_path / "file")
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640


@pytest.mark.parametrize("name", ["n" * 255, "ü" * 127, ".hidden", "a b\n"])
def test_any_name(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    write(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_what_a_symlink_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "link").symlink_to("file")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing fails, and closing does so again."""
    (tmp_path / "file").write_text("old")
    real = os.open

    def full(path: Path, flags: int, mode: int) -> int:
        os.close(real(path, flags, mode))
        return real("/dev/full", os.O_WRONLY)

    monkeypatch.setattr(os, "open", full)
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    with pytest.raises(OSError, match="No space left") as caught, replacing(tmp_path / "file") as file:
        file.write(b"x" * 100)
    assert caught.value.errno == errno.ENOSPC
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "old"
