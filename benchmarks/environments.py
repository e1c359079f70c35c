"""A separate environment for every candidate, made once and kept in ``.environments``."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / ".environments"
NEEDS: dict[str, list[str]] = {
    "ours": ["{root}[httpx2,speed]"],
    "old": ["rescalehtc==1.1.0"],
    "default": ["httpx", "attrs", "python-dateutil"],
    "floor": ["httpx", "orjson"],
    "httpcore": ["httpcore", "orjson"],
    "aiohttp": ["aiohttp", "orjson"],
}


def use_this_one() -> None:
    """Make no environments: run what the current interpreter can run."""
    NEEDS.clear()


@cache
def python_of(name: str) -> Path:
    """The interpreter of an environment, which is made first if it is missing or out of date."""
    if not NEEDS:
        return Path(sys.executable)
    folder = FOLDER / name
    python = folder / "bin" / "python"
    stamp = folder / "made-of"
    wanted = _fingerprint(name)
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"making the environment of {name} …", file=sys.stderr, flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        _run(sys.executable, "-m", "venv", str(folder))
        needs = [need.format(root=ROOT) for need in NEEDS[name]]
        _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *needs)
        if name == "default":
            _generate(next((folder / "lib").glob("python*/site-packages")))
        stamp.write_text(wanted)
    return python


def versions(python: Path) -> dict[str, str]:
    """The versions of the packages in an environment."""
    code = "import importlib.metadata as m\nfor d in m.distributions(): print(d.metadata['Name'].lower(), d.version)"
    listing = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout
    return dict(sorted(line.split(" ", 1) for line in listing.splitlines()))


def _generate(folder: Path) -> None:
    spec, package = ROOT / "openapi" / "htc.yaml", folder / "rescale_htc_api_client"
    _run(
        *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--overwrite"),
        *("--path", str(spec), "--output-path", str(package)),
    )


def _fingerprint(name: str) -> str:
    sources: list[Path] = []
    if name == "ours":
        sources = [ROOT / "pyproject.toml"]
        sources += [path for room in ("rescalehtc", "generated") for path in (ROOT / room).rglob("*.py")]
    elif name == "default":
        sources = [ROOT / "openapi" / "htc.yaml"]
    digest = hashlib.sha256(" ".join([sys.version, *NEEDS[name]]).encode())
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(*command: str) -> None:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{run.stdout}{run.stderr}")
