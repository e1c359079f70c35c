# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

from datetime import datetime

from ..types import Model, field
from .container_details import ContainerDetails
from .instance_labels import InstanceLabels
from .rescale_job_status import RescaleJobStatus


class RescaleJobStatusEvent(Model):
    """One change of a job's status."""

    container: ContainerDetails | None = field("container", default=None)
    """How the container ended, null before."""
    date_time: datetime | None = field("dateTime")
    """Time of the change."""
    event_id: str | None = field("eventId", default=None)
    """Identifier of the event."""
    instance_id: str | None = field("instanceId", default=None)
    """Identifier of the machine at the cloud provider, null before it is known."""
    instance_labels: InstanceLabels | None = field("instanceLabels", default=None)
    """Labels of the machine, null before they are known."""
    job_id: str | None = field("jobId", default=None)
    """Identifier of the job."""
    status: RescaleJobStatus | str = field("status")
    """Status that the job changed to."""
    status_reason: str | None = field("statusReason", default=None)
    """Reason for the change in words. Most texts are not documented by the service."""
    user_cancelled_event: bool | None = field("userCancelledEvent", default=None)
    """Whether a user's cancellation caused the change."""
