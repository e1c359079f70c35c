"""The container registry: pushed and pulled through its protocol, and with podman if that is installed."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from rescalehtc import HtcSession, container_registry, htcprojects

pytestmark = pytest.mark.slow

CONFIG = b'{"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": []}}'
LAYER = b"a layer " * 1000


def digest_of(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


MANIFEST = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 1, "digest": digest_of(CONFIG)},
        "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", "size": 1, "digest": digest_of(LAYER)}],
    }
).encode()


class Registry:
    """Speaks the protocol as docker does: to the host of the name, with the rest of the name as a path."""

    def __init__(self, htc: Any, project: str, repository: str = "team/solver") -> None:
        address: str = htc.get(project)["containerRegistry"]
        host, _, path = address.partition("/")
        self.address = address
        self.token: str = htc.call("GET", f"{project}/container-registry/token").text
        htc.post(f"{project}/container-registry/repo/{repository}")
        self.base = f"http://{host}"
        self.path = f"/v2/{path}{repository}"
        self._http: httpx.Client = htc.http

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._http.request(method, f"{self.base}{path}", auth=("AWS", self.token), **options)

    def push_blob(self, data: bytes, pieces: int = 2) -> httpx.Response:
        location = self.send("POST", f"{self.path}/blobs/uploads/").raise_for_status().headers["Location"]
        step = -(-len(data) // pieces)
        for first in range(0, len(data), step):
            answer = self.send("PATCH", location, content=data[first : first + step]).raise_for_status()
            location = answer.headers["Location"]
        return self.send("PUT", location, params={"digest": digest_of(data)})

    def push(self, tag: str = "v2") -> httpx.Response:
        for blob in (CONFIG, LAYER):
            self.push_blob(blob).raise_for_status()
        return self.send("PUT", f"{self.path}/manifests/{tag}", content=MANIFEST)


def errors(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"]


def test_an_image_is_pushed_becomes_ready_and_is_pulled(start: Any) -> None:
    htc = start(speed=1)
    project = htc.project()
    registry = Registry(htc, project)
    assert registry.send("HEAD", f"{registry.path}/blobs/{digest_of(LAYER)}").status_code == 404
    pushed = registry.push()
    assert (pushed.status_code, pushed.headers["Docker-Content-Digest"]) == (201, digest_of(MANIFEST))
    images = f"{project}/container-registry/images"
    assert "team/solver:v2" in htc.get(images)["images"]
    assert htc.get(f"{images}/team/solver:v2")["status"] == "PENDING"
    htc.server.clock.advance(60)
    assert htc.get(f"{images}/team/solver:v2")["status"] == "READY"
    for reference in ("v2", digest_of(MANIFEST)):
        found = registry.send("GET", f"{registry.path}/manifests/{reference}")
        assert found.content == MANIFEST
        assert found.headers["Content-Type"] == json.loads(MANIFEST)["mediaType"]
        head = registry.send("HEAD", f"{registry.path}/manifests/{reference}")
        assert (head.headers["Docker-Content-Digest"], head.content) == (digest_of(MANIFEST), b"")
    layer = registry.send("GET", f"{registry.path}/blobs/{digest_of(LAYER)}", headers={"Range": "bytes=8-15"})
    assert (layer.status_code, layer.content) == (206, LAYER[8:16])
    assert registry.send("GET", f"{registry.path}/blobs/{digest_of(LAYER)}").content == LAYER


def test_invalid_requests_are_refused(htc: Any) -> None:
    project, other = htc.project(), htc.project()
    registry = Registry(htc, project)
    for user, token in (("AWS", "wrong"), ("root", registry.token), ("AWS", htc.server.api_key)):
        answer = httpx.get(f"{registry.base}/v2/", auth=(user, token))
        assert errors(answer) == (401, "UNAUTHORIZED")
        assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert httpx.get(f"{registry.base}/v2/", auth=("AWS", registry.token)).status_code == 200
    foreign = Registry(htc, other)
    assert errors(registry.send("GET", f"{foreign.path}/manifests/v2")) == (403, "DENIED")
    unknown = registry.path.replace("team/solver", "nobody")
    assert errors(registry.send("POST", f"{unknown}/blobs/uploads/")) == (404, "NAME_UNKNOWN")
    assert errors(registry.send("GET", f"{registry.path}/manifests/v2")) == (404, "MANIFEST_UNKNOWN")
    early = registry.send("PUT", f"{registry.path}/manifests/v2", content=MANIFEST)
    assert errors(early) == (400, "MANIFEST_BLOB_UNKNOWN")
    for body in (b"no JSON", b"[]", b"{}", b'{"layers": [{}], "config": {}}', b'{"layers": 1, "config": {}}'):
        assert errors(registry.send("PUT", f"{registry.path}/manifests/v2", content=body)) == (400, "MANIFEST_INVALID")
    registry.push().raise_for_status()
    assert errors(registry.send("PUT", f"{registry.path}/manifests/-v", content=MANIFEST)) == (400, "TAG_INVALID")
    wrong = registry.send("PUT", f"{registry.path}/manifests/{digest_of(b'')}", content=MANIFEST)
    assert errors(wrong) == (400, "DIGEST_INVALID")
    location = registry.send("POST", f"{registry.path}/blobs/uploads/").headers["Location"]
    wrong = registry.send("PUT", location, params={"digest": digest_of(b"something else")}, content=b"something")
    assert errors(wrong) == (400, "DIGEST_INVALID")
    assert errors(registry.send("PATCH", f"{registry.path}/blobs/uploads/{'0' * 32}")) == (404, "BLOB_UPLOAD_UNKNOWN")
    assert errors(registry.send("GET", f"{registry.path}/blobs/sha256:0123")) == (400, "DIGEST_INVALID")


def test_a_reset_empties_it_and_a_restart_keeps_it_under_the_new_port(start: Any, tmp_path: Path) -> None:
    htc = start(data=tmp_path)
    project = htc.project()
    registry = Registry(htc, project)
    registry.push().raise_for_status()
    htc.server.stop()
    again = start(data=tmp_path)
    assert again.get(project)["containerRegistry"].startswith(f"{again.netloc}/")
    path = registry.path
    registry = Registry(again, project)
    assert registry.path == path
    assert registry.send("GET", f"{path}/manifests/v2").content == MANIFEST
    again.server.reset()
    again.log_in()
    assert not list((tmp_path / "storage").iterdir())


def test_the_name_is_one_that_1_1_0_takes_for_aws_and_leads_here(htc: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def run(arguments: list[str], purpose: str, **options: Any) -> str:
        commands.append([*arguments, options.get("secret") or ""])
        return ""

    monkeypatch.setattr(container_registry, "run_docker", run)
    with HtcSession(api_key=htc.server.api_key, base_url=htc.server.url) as session:
        project = htcprojects.get_project_with_id(session, htc.project().rpartition("/")[2])
        assert project is not None
        registry = container_registry.get_container_registry(session, project)
        assert registry.push_docker_image(session, "solver:1", "solver:2") == "solver:2"
    login, _, push = commands
    port = httpx.URL(htc.server.url).port
    assert login[:4] == [
        "login",
        f"localhost:{port}/000000000000.dkr.ecr.us-east-1.amazonaws.com/{project.project_id}/",
        "--username",
        "AWS",
    ]
    assert httpx.get(f"http://localhost:{port}/v2/", auth=("AWS", login[-1])).status_code == 200
    assert push[:2] == ["push", f"{login[1]}solver:2"]


def test_podman_pushes_and_pulls(htc: Any, tmp_path: Path) -> None:
    podman = shutil.which("podman")
    if podman is None:
        pytest.skip("podman is not installed")
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        entry = tarfile.TarInfo("data")
        entry.size = len(LAYER)
        tar.addfile(entry, io.BytesIO(LAYER))
    (tmp_path / "image.tar").write_bytes(archive.getvalue())
    registry = Registry(htc, htc.project(), "solver")
    with tempfile.TemporaryDirectory() as runroot:  # podman wants a short name
        _push_and_pull(podman, ["--root", str(tmp_path / "root"), "--runroot", runroot], tmp_path, registry)


def _push_and_pull(podman: str, place: list[str], tmp_path: Path, registry: Registry) -> None:
    plain = ["--tls-verify=false", "--authfile", str(tmp_path / "auth.json")]

    def run(*arguments: str, secret: str = "") -> None:
        command = [podman, *place, "--storage-driver", "vfs", *arguments]
        done = subprocess.run(command, input=secret, text=True, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr

    name = f"{registry.address}solver:1"
    run("import", str(tmp_path / "image.tar"), name)
    run("login", *plain, "--username", "AWS", "--password-stdin", registry.address.rstrip("/"), secret=registry.token)
    run("push", *plain, name)
    run("rmi", name)
    run("pull", *plain, name)
