# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""RescaleJobStatusEvent: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    moments,
    read_datetime,
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .container_details import ContainerDetails, read_container_details
from .instance_labels import InstanceLabels, read_instance_labels
from .rescale_job_status import RescaleJobStatus, read_rescale_job_status, rescale_job_status_members


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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 9 else _NAMES | data
        try:
            (
                model.container,
                model.date_time,
                model.event_id,
                model.instance_id,
                model.instance_labels,
                model.job_id,
                model.status,
                model.status_reason,
                model.user_cancelled_event,
            ) = _values(sent)
            model.container = read_container_details(model.container)
            model.date_time = moments[model.date_time]
            model.instance_labels = read_instance_labels(model.instance_labels)
            model.status = rescale_job_status_members[model.status]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_rescale_job_status_event = model_reader(RescaleJobStatusEvent)
_NAMES = wire_names(RescaleJobStatusEvent)
_LAYOUTS = Layouts(RescaleJobStatusEvent.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "container": read_container_details,
        "dateTime": read_datetime,
        "instanceLabels": read_instance_labels,
        "status": read_rescale_job_status,
    }
