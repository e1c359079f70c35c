"""A container registry for each project: the part of the OCI distribution API that pushing and pulling needs.

An image belongs to the project, and becomes READY, when its manifest has arrived. As on AWS, the user is ``AWS``, the
password is the token that the API returns for the project, and a repository must be created before its first push.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .._handlers.images import REGISTRY_USER, add_image, is_registry_token
from .._handlers.projects import REGISTRY_PATH
from .._server_state import ServerState
from .._wire.exchange import body_parts, read_body
from .._wire.messages import ApiError, decode
from .._wire.types import JsonObject, is_object
from .transfer import MAX_UPLOAD, send_file

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_MAX_MANIFEST = 4 * 1024 * 1024
_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_INDEX = "application/vnd.oci.image.index.v1+json"


class _RegistryError(Exception):
    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.response = JSONResponse({"errors": [{"code": code, "message": message}]}, status, headers)


def routes(state: ServerState) -> list[Route]:
    methods = {
        "blobs/uploads/": {"POST": _Repository.begin},
        "blobs/uploads/{upload}": {"PATCH": _Repository.append, "PUT": _Repository.complete},
        "blobs/{reference}": {"GET": _Repository.get_blob, "HEAD": _Repository.get_blob},
        "manifests/{reference}": {
            "GET": _Repository.get_manifest,
            "HEAD": _Repository.get_manifest,
            "PUT": _Repository.put_manifest,
        },
    }

    def route(path: str) -> Route:
        async def serve(request: Request) -> Response:
            try:
                return await methods[path][request.method](_Repository(state, request))
            except _RegistryError as error:
                return error.response
            except ApiError as error:
                code = {404: "BLOB_UNKNOWN", 413: "SIZE_INVALID"}.get(error.status, "UNSUPPORTED")
                return _RegistryError(error.status, code, error.description or error.code).response

        return Route(f"/v2/{REGISTRY_PATH}/{{project}}/{{repository:path}}/{path}", serve, methods=list(methods[path]))

    async def log_in(request: Request) -> Response:
        try:
            _project_of_token(state, request)
        except _RegistryError as error:
            return error.response
        return JSONResponse({}, headers={"Docker-Distribution-Api-Version": "registry/2.0"})

    return [Route("/v2/", log_in), *map(route, methods)]


def _project_of_token(state: ServerState, request: Request) -> str:
    """The project whose token the request carries."""
    scheme, _, credential = request.headers.get("authorization", "").partition(" ")
    try:
        user, _, token = base64.b64decode(credential, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        user = token = ""
    project = token.partition(".")[0]
    if scheme.lower() != "basic" or user != REGISTRY_USER or not is_registry_token(state, project, token):
        challenge = {
            "WWW-Authenticate": 'Basic realm="local HTC server"',
            "Docker-Distribution-Api-Version": "registry/2.0",
        }
        raise _RegistryError(401, "UNAUTHORIZED", "Log in with the registry token of the project.", challenge)
    return project


class _Repository:
    """One request for a repository of a project."""

    def __init__(self, state: ServerState, request: Request) -> None:
        self.state = state
        self.request = request
        parameters: dict[str, str] = request.path_params
        self.project, self.name = parameters["project"], parameters["repository"]
        self.reference = parameters.get("reference", "")
        if _project_of_token(state, request) != self.project:
            raise _RegistryError(403, "DENIED", "The registry token belongs to another project.")
        if self.name not in state.project(self.project)["repositories"]:
            raise _RegistryError(404, "NAME_UNKNOWN", f"Create the repository {self.name!r} first.")
        self.path = f"/v2/{REGISTRY_PATH}/{self.project}/{self.name}"

    def _key(self, digest: str) -> str:
        """Where a blob or a manifest is in the storage, out of reach of the credentials of projects and tasks."""
        if not _DIGEST.fullmatch(digest):
            raise _RegistryError(400, "DIGEST_INVALID", "A digest is sha256: and 64 hexadecimal digits.")
        return f"registry/{self.project}/{digest[7:]}"

    def _tag(self, tag: str) -> Path:
        if not _TAG.fullmatch(tag):
            raise _RegistryError(
                400, "TAG_INVALID", "A tag has up to 128 letters, digits, dots, dashes or underscores."
            )
        return self.state.files.locate(f"registry/{self.project}/tags-{quote(self.name, safe='')}") / tag

    def _has(self, digest: object) -> bool:
        return isinstance(digest, str) and self.state.files.locate(self._key(digest)).is_file()

    # -- blobs --------------------------------------------------------------------------------------------------------

    async def get_blob(self) -> Response:
        response = send_file(self.state, self._key(self.reference), self.request)
        response.headers["Docker-Content-Digest"] = self.reference
        return response

    async def begin(self) -> Response:
        upload = self.state.files.begin_parts(self._upload_key)
        if "digest" in self.request.query_params:
            return await self._complete(upload)
        return self._accepted(upload, 0)

    @property
    def _upload_key(self) -> str:
        return f"{self.project}/{self.name}"

    def _accepted(self, upload: str, size: int) -> Response:
        location = {"Location": f"{self.path}/blobs/uploads/{upload}", "Docker-Upload-UUID": upload}
        return Response(status_code=202, headers={**location, "Range": f"0-{max(0, size - 1)}"})

    def _blob_of(self, upload: str) -> Path:
        folder = self.state.files.parts_folder(upload)
        if folder is None or (folder / "key").read_text("utf-8") != self._upload_key:
            raise _RegistryError(404, "BLOB_UPLOAD_UNKNOWN", "There is no such upload.")
        return folder / "blob"

    async def _receive(self, blob: Path) -> int:
        with blob.open("ab") as file:
            async for part in body_parts(self.request, MAX_UPLOAD - file.tell()):
                file.write(part)
            return file.tell()

    async def append(self) -> Response:
        upload: str = self.request.path_params["upload"]
        return self._accepted(upload, await self._receive(self._blob_of(upload)))

    async def complete(self) -> Response:
        return await self._complete(self.request.path_params["upload"])

    async def _complete(self, upload: str) -> Response:
        digest = self.request.query_params.get("digest", "")
        target, blob = self.state.files.locate(self._key(digest)), self._blob_of(upload)
        await self._receive(blob)
        # In a thread: a layer can be gigabytes large.
        if await asyncio.to_thread(_sha256, blob) != digest:
            raise _RegistryError(400, "DIGEST_INVALID", "The digest does not match the upload.")
        target.parent.mkdir(parents=True, exist_ok=True)
        blob.replace(target)
        self.state.files.end_parts(upload)
        headers = {"Location": f"{self.path}/blobs/{digest}", "Docker-Content-Digest": digest}
        return Response(status_code=201, headers=headers)

    # -- manifests ----------------------------------------------------------------------------------------------------

    async def get_manifest(self) -> Response:
        digest = self.reference
        if ":" not in digest:
            try:
                digest = self._tag(self.reference).read_text("ascii")
            except OSError:
                digest = ""
        if not digest or not self._has(digest):
            raise _RegistryError(404, "MANIFEST_UNKNOWN", f"There is no {self.reference[:200]!r} in {self.name!r}.")
        body = self.state.files.locate(self._key(digest)).read_bytes()
        # Starlette itself sends no body in response to HEAD.
        return Response(body, media_type=_media_type(decode(body)), headers={"Docker-Content-Digest": digest})

    async def put_manifest(self) -> Response:
        body = await read_body(self.request, _MAX_MANIFEST)
        digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
        by_digest = ":" in self.reference
        if by_digest and self.reference != digest:
            raise _RegistryError(400, "DIGEST_INVALID", "The digest does not match the manifest.")
        tag = None if by_digest else self._tag(self.reference)
        try:
            parts = _parts(decode(body))
        except (ValueError, TypeError, KeyError, AttributeError):
            raise _RegistryError(
                400, "MANIFEST_INVALID", "The manifest describes neither an image nor an index."
            ) from None
        if not all(map(self._has, parts)):
            raise _RegistryError(400, "MANIFEST_BLOB_UNKNOWN", "A part of the image has not been pushed.")
        with self.state.files.upload(self._key(digest)) as upload:
            upload.file.write(body)
            upload.keep()
        if tag is not None:
            tag.parent.mkdir(parents=True, exist_ok=True)
            tag.write_text(digest, "ascii")
            with self.state.transaction():
                add_image(self.state, self.project, f"{self.name}:{self.reference}")
        headers = {"Location": f"{self.path}/manifests/{digest}", "Docker-Content-Digest": digest}
        return Response(status_code=201, headers=headers)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _parts(manifest: Any) -> list[str]:
    """Digests of what a manifest needs: its configuration and layers, or the manifests of an index."""
    if not is_object(manifest):
        raise TypeError
    nodes: list[JsonObject] = manifest["manifests"] if "manifests" in manifest else manifest["layers"]
    nodes = [*nodes, manifest["config"]] if "layers" in manifest else nodes
    # Layers with URLs are not pushed.
    return [node["digest"] for node in nodes if not node.get("urls")]


def _media_type(manifest: JsonObject) -> str:
    return manifest.get("mediaType") or (_INDEX if "manifests" in manifest else _MANIFEST)
