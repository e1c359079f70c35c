"""Running the image of a job with docker or podman (`--containers`)."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rescalehtc.local._scheduler import LiveJob


@dataclass(slots=True, frozen=True)
class Containers:
    """A container program of this machine."""

    program: str

    @classmethod
    def find(cls) -> Containers:
        """The first one that is installed.

        Raises:
            RuntimeError: where there is none.
        """
        for name in ("docker", "podman"):
            path = shutil.which(name)
            if path is not None:
                return cls(path)
        raise RuntimeError("neither docker nor podman is installed, so images cannot be run")

    def name(self, job: LiveJob) -> str:
        """Name of the container of one attempt of a job."""
        return f"rescalehtc-{job.batch.id}-{job.index}-{job.attempt}"

    def command(self, job: LiveJob, commands: list[str], environment: dict[str, str]) -> list[str]:
        """The command line that runs the image of `job`.

        The folders that jobs share keep their paths inside. The values of the environment are not on the command
        line, where every user of the machine could read the token: the container program takes them from its own
        environment, so that PATH, HOME and LANG are the image's.
        """
        definition = job.batch.definition
        line = [self.program, "run", "--rm", "--init", "--network", "host", "--name", self.name(job)]
        for name in environment:
            if name not in ("PATH", "HOME", "LANG"):
                line += ["--env", name]
        for name in ("PROJECT_SHARED_FOLDER", "TASK_SHARED_FOLDER"):
            line += ["--volume", f"{environment[name]}:{environment[name]}"]
        if definition.get("maxMemory") is not None:
            line += ["--memory", f"{definition['maxMemory']}m"]
        if definition.get("maxVCpus") is not None:
            line += ["--cpus", str(definition["maxVCpus"])]
        if definition.get("workingDir"):
            line += ["--workdir", definition["workingDir"]]
        return [*line, definition["imageName"], *commands]

    def remove_command(self, job: LiveJob) -> list[str]:
        """Ends a container whose client was killed; the engine runs it, not the client."""
        return [self.program, "rm", "--force", self.name(job)]
