# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RescaleJobStatusEvent: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    read_datetime,
    remember,
    unknown_fields,
    wire_values,
)
from .container_details import ContainerDetails, read_container_details
from .instance_labels import InstanceLabels, read_instance_labels
from .rescale_job_status import RescaleJobStatus, read_rescale_job_status


@attrs.define(kw_only=True, repr=False)
class RescaleJobStatusEvent(Model):
    """One change of a job's status."""

    container: ContainerDetails | None = None
    """How the container ended, null before."""
    date_time: datetime | str
    """Time of the change."""
    event_id: str | None = None
    """Identifier of the event."""
    instance_id: str | None = None
    """Identifier of the machine at the cloud provider, null before one is known."""
    instance_labels: InstanceLabels | None = None
    """Labels of the machine, null before one is known."""
    job_id: str | None = None
    """Identifier of the job."""
    status: RescaleJobStatus | str
    """Status that the job changed to."""
    status_reason: str | None = None
    """Reason for the change in words. Most texts are not documented by the service."""
    user_cancelled_event: bool | None = None
    """Whether a user's cancellation caused the change."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "container": "container",
        "dateTime": "date_time",
        "eventId": "event_id",
        "instanceId": "instance_id",
        "instanceLabels": "instance_labels",
        "jobId": "job_id",
        "status": "status",
        "statusReason": "status_reason",
        "userCancelledEvent": "user_cancelled_event",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.container = read_container_details(get("container"))
        model.date_time = read_datetime(get("dateTime"))
        model.event_id = get("eventId")
        model.instance_id = get("instanceId")
        model.instance_labels = read_instance_labels(get("instanceLabels"))
        model.job_id = get("jobId")
        model.status = read_rescale_job_status(get("status"))
        model.status_reason = get("statusReason")
        model.user_cancelled_event = get("userCancelledEvent")
        remember(model, data, _NAMES, _TIMESTAMPS)
        return model


read_rescale_job_status_event = model_reader(RescaleJobStatusEvent)
_NAMES = frozenset(RescaleJobStatusEvent.WIRE_NAMES)
_TIMESTAMPS = ("dateTime",)
