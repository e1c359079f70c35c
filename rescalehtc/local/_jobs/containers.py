"""Running the image of a job with docker or podman (``--containers``)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .._wire.types import JsonObject

#: What the container programs accept as the name of an image. Anything else, above all an option, is refused.
_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-/:@]{0,511}")
#: Variables of the server with which the program finds its daemon, its contexts and its logins.
_OF_CLIENT = ("PATH", "HOME", "LANG", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR")
_PREFIXES_OF_CLIENT = ("DOCKER_", "CONTAINER_", "CONTAINERS_", "REGISTRY_AUTH_FILE", "DBUS_SESSION_")


@dataclass(slots=True, frozen=True)
class Containers:
    """A container program of this machine.

    Attributes:
        network: the network of the containers; None for the program's default.
    """

    program: str
    network: str | None = None

    @classmethod
    def find(cls, network: str | None = None) -> Containers:
        """The first one that is installed and works.

        Raises:
            RuntimeError: if there is none; the message quotes docker, or else podman.
        """
        failure: RuntimeError | None = None
        for path in filter(None, map(shutil.which, ("docker", "podman"))):
            found = cls(path, network)
            try:
                found.check()
                return found
            except RuntimeError as error:
                failure = failure or error
        raise failure or RuntimeError(
            "neither docker nor podman is installed, so images cannot be run; install one of them"
        )

    def check(self) -> None:
        """Raises RuntimeError if the program cannot reach its daemon."""
        try:
            done = subprocess.run(
                [self.program, "version"],
                env=self.environment(),
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RuntimeError(f"{self.program} does not work: {error}") from error
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["it says nothing"]
            raise RuntimeError(
                f"{self.program} cannot run containers: {lines[-1]}; start its daemon, or check its context"
            )

    @staticmethod
    def environment() -> dict[str, str]:
        """The environment of the program itself. It holds no variable of a job: a job chooses their names freely."""
        return {
            name: value
            for name, value in os.environ.items()
            if name in _OF_CLIENT or name.startswith(_PREFIXES_OF_CLIENT)
        }

    def command(
        self,
        name: str,
        root: Path,
        definition: JsonObject,
        commands: list[str],
        environment: Mapping[str, str],
        folder: Path,
    ) -> list[str]:
        """The command line that runs the image of a job as the container ``name``.

        The folders that jobs share keep their paths inside. The environment is passed in a file in ``folder``: every
        user of the machine could read the token on the command line. A label names the server by its folder ``root``.

        Raises:
            ValueError: if the image or a variable cannot be passed.
        """
        image: str = definition["imageName"]
        if not _IMAGE.fullmatch(image):
            raise ValueError("docker and podman do not accept the name of the image")
        for variable, value in environment.items():
            if "\n" in variable + value or "=" in variable or variable.startswith("#"):
                raise ValueError(f"the variable {variable[:100]!r} contains a line break or has an odd name")
        env_file = folder / "environment"
        env_file.touch(mode=0o600)
        env_file.write_text("".join(f"{variable}={value}\n" for variable, value in environment.items()), "utf-8")
        line = [self.program, "run", "--rm", "--name", name, "--label", label(root), "--env-file", str(env_file)]
        if self.network is not None:
            line += ["--network", self.network]
        for variable in ("PROJECT_SHARED_FOLDER", "TASK_SHARED_FOLDER"):
            line += ["--volume", f"{environment[variable]}:{environment[variable]}"]
        if definition.get("maxMemory") is not None:
            line += ["--memory", f"{definition['maxMemory']}m"]
        if definition.get("maxVCpus") is not None:
            line += ["--cpus", str(definition["maxVCpus"])]
        if definition.get("workingDir"):
            line += [f"--workdir={definition['workingDir']}"]
        return [*line, "--", image, *commands]

    def remove(self, name: str) -> None:
        """End a container whose client was killed: the engine runs it, not the client."""
        subprocess.run([self.program, "rm", "--force", name], env=self.environment(), capture_output=True, check=False)

    def remove_all(self, root: Path) -> None:
        """End every container of the server with the folder ``root``."""
        listing = [self.program, "ps", "--all", "--quiet", "--filter", f"label={label(root)}"]
        done = subprocess.run(listing, env=self.environment(), capture_output=True, text=True, check=False)
        if names := done.stdout.split():
            remove = [self.program, "rm", "--force", *names]
            subprocess.run(remove, env=self.environment(), capture_output=True, check=False)


def label(root: Path) -> str:
    """The label of the containers of the server with the folder ``root``."""
    return f"rescalehtc.local={root}"
