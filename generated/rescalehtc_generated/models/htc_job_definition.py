# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from ..types import Model, field
from .architecture import Architecture
from .env_pair import EnvPair
from .job_priority import JobPriority
from .name_value_pair import NameValuePair


class HTCJobDefinition(Model):
    """What each job of a batch runs and what it needs. Only the image is required; the service's defaults
    for the rest are not documented.
    """

    architecture: Architecture | str | None = field("architecture", default=None)
    """Processor architecture to run on."""
    claims: list[NameValuePair] | None = field("claims", default=None)
    """Claims to add to the bearer token that the jobs find in `RESCALE_HTC_BEARER_TOKEN`."""
    commands: list[str] | None = field("commands", default=None)
    """Command line of the container, one entry for each argument."""
    envs: list[EnvPair] | None = field("envs", default=None)
    """Environment variables of the container, besides those that the service sets."""
    exec_timeout_seconds: int | None = field("execTimeoutSeconds", default=None)
    """Longest run time of a job in seconds, 60 to 1209600 (14 days). A job that runs longer fails."""
    image_name: str = field("imageName")
    """Image in the project's registry, as a repository name and optionally a tag after a colon. It must be
    READY.
    """
    max_disk_gib: int | None = field("maxDiskGiB", default=None)
    """Disk space of a job in GiB, 0 to 64000."""
    max_memory: int | None = field("maxMemory", default=None)
    """Memory of a job in MiB, 4 to 235520 (230 GiB)."""
    max_swap: int | None = field("maxSwap", default=None)
    """Swap space of a job. Deprecated, has no effect; the unit is not documented by the service."""
    max_vcpus: int | None = field("maxVCpus", default=None)
    """Number of vCPUs of a job, 1 to 64."""
    priority: JobPriority | str | None = field("priority", default=None)
    """Priority of the capacity to run on."""
    tags: dict[str, str] | None = field("tags", default=None)
    """Labels by name, for the user's own purposes."""
    working_dir: str | None = field("workingDir", default=None)
    """Directory in which the command starts; null for the image's own."""
