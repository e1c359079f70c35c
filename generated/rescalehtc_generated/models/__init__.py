# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""The models and enums of the API. Each is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .architecture import Architecture as Architecture
    from .autoscaling_config import AutoscalingConfig as AutoscalingConfig
    from .autoscaling_profile import AutoscalingProfile as AutoscalingProfile
    from .cloud_provider import CloudProvider as CloudProvider
    from .container_details import ContainerDetails as ContainerDetails
    from .derived_compute_attributes import DerivedComputeAttributes as DerivedComputeAttributes
    from .env_pair import EnvPair as EnvPair
    from .experimental_fields import ExperimentalFields as ExperimentalFields
    from .feature_flags_result import FeatureFlagsResult as FeatureFlagsResult
    from .htc_cluster import HTCCluster as HTCCluster
    from .htc_cluster_status_response import HTCClusterStatusResponse as HTCClusterStatusResponse
    from .htc_compute_environment import HTCComputeEnvironment as HTCComputeEnvironment
    from .htc_image_status import HTCImageStatus as HTCImageStatus
    from .htc_images import HTCImages as HTCImages
    from .htc_job import HTCJob as HTCJob
    from .htc_job_definition import HTCJobDefinition as HTCJobDefinition
    from .htc_job_error_code_name import HTCJobErrorCodeName as HTCJobErrorCodeName
    from .htc_job_logs import HTCJobLogs as HTCJobLogs
    from .htc_job_status_events import HTCJobStatusEvents as HTCJobStatusEvents
    from .htc_job_submit_request import HTCJobSubmitRequest as HTCJobSubmitRequest
    from .htc_jobs import HTCJobs as HTCJobs
    from .htc_limit_create import HTCLimitCreate as HTCLimitCreate
    from .htc_limit_update import HTCLimitUpdate as HTCLimitUpdate
    from .htc_log_event import HTCLogEvent as HTCLogEvent
    from .htc_node_pool import HTCNodePool as HTCNodePool
    from .htc_project import HTCProject as HTCProject
    from .htc_project_limit import HTCProjectLimit as HTCProjectLimit
    from .htc_project_update import HTCProjectUpdate as HTCProjectUpdate
    from .htc_projects_response import HTCProjectsResponse as HTCProjectsResponse
    from .htc_region_admin_settings import HTCRegionAdminSettings as HTCRegionAdminSettings
    from .htc_region_compute_settings import HTCRegionComputeSettings as HTCRegionComputeSettings
    from .htc_region_settings import HTCRegionSettings as HTCRegionSettings
    from .htc_region_storage_settings import HTCRegionStorageSettings as HTCRegionStorageSettings
    from .htc_repository import HTCRepository as HTCRepository
    from .htc_request_error import HTCRequestError as HTCRequestError
    from .htc_retry_strategy import HTCRetryStrategy as HTCRetryStrategy
    from .htc_task import HTCTask as HTCTask
    from .htc_task_update import HTCTaskUpdate as HTCTaskUpdate
    from .htc_tasks_response import HTCTasksResponse as HTCTasksResponse
    from .htc_token import HTCToken as HTCToken
    from .htc_token_payload import HTCTokenPayload as HTCTokenPayload
    from .htc_workspace_limit import HTCWorkspaceLimit as HTCWorkspaceLimit
    from .image_readiness import ImageReadiness as ImageReadiness
    from .image_unavailable_error import ImageUnavailableError as ImageUnavailableError
    from .instance_labels import InstanceLabels as InstanceLabels
    from .job_execution_environment import JobExecutionEnvironment as JobExecutionEnvironment
    from .job_priority import JobPriority as JobPriority
    from .job_status_summary import JobStatusSummary as JobStatusSummary
    from .job_status_summary_page import JobStatusSummaryPage as JobStatusSummaryPage
    from .json_web_key import JsonWebKey as JsonWebKey
    from .json_web_key_set import JsonWebKeySet as JsonWebKeySet
    from .lifecycle_status import LifecycleStatus as LifecycleStatus
    from .log_order import LogOrder as LogOrder
    from .modifier_role import ModifierRole as ModifierRole
    from .name_value_pair import NameValuePair as NameValuePair
    from .oauth2_error_response import OAuth2ErrorResponse as OAuth2ErrorResponse
    from .oauth2_token import OAuth2Token as OAuth2Token
    from .organization import Organization as Organization
    from .presigned_put_url_response import PresignedPutUrlResponse as PresignedPutUrlResponse
    from .presigned_url_parts import PresignedUrlParts as PresignedUrlParts
    from .public_key import PublicKey as PublicKey
    from .region_storage_option import RegionStorageOption as RegionStorageOption
    from .regional_storage_response import RegionalStorageResponse as RegionalStorageResponse
    from .regional_store import RegionalStore as RegionalStore
    from .rescale_flag import RescaleFlag as RescaleFlag
    from .rescale_job_status import RescaleJobStatus as RescaleJobStatus
    from .rescale_job_status_event import RescaleJobStatusEvent as RescaleJobStatusEvent
    from .rescale_region import RescaleRegion as RescaleRegion
    from .rescale_user import RescaleUser as RescaleUser
    from .storage_access_token import StorageAccessToken as StorageAccessToken
    from .storage_access_tokens import StorageAccessTokens as StorageAccessTokens
    from .supported_rescale_region import SupportedRescaleRegion as SupportedRescaleRegion
    from .tag import Tag as Tag
    from .task_retention_policy import TaskRetentionPolicy as TaskRetentionPolicy
    from .view_type import ViewType as ViewType
    from .who_am_i import WhoAmI as WhoAmI
    from .workspace import Workspace as Workspace
    from .workspace_task_retention_policy import WorkspaceTaskRetentionPolicy as WorkspaceTaskRetentionPolicy

_MODULES: dict[str, str] = {
    "Architecture": "architecture",
    "AutoscalingConfig": "autoscaling_config",
    "AutoscalingProfile": "autoscaling_profile",
    "CloudProvider": "cloud_provider",
    "ContainerDetails": "container_details",
    "DerivedComputeAttributes": "derived_compute_attributes",
    "EnvPair": "env_pair",
    "ExperimentalFields": "experimental_fields",
    "FeatureFlagsResult": "feature_flags_result",
    "HTCCluster": "htc_cluster",
    "HTCClusterStatusResponse": "htc_cluster_status_response",
    "HTCComputeEnvironment": "htc_compute_environment",
    "HTCImages": "htc_images",
    "HTCImageStatus": "htc_image_status",
    "HTCJob": "htc_job",
    "HTCJobDefinition": "htc_job_definition",
    "HTCJobErrorCodeName": "htc_job_error_code_name",
    "HTCJobLogs": "htc_job_logs",
    "HTCJobs": "htc_jobs",
    "HTCJobStatusEvents": "htc_job_status_events",
    "HTCJobSubmitRequest": "htc_job_submit_request",
    "HTCLimitCreate": "htc_limit_create",
    "HTCLimitUpdate": "htc_limit_update",
    "HTCLogEvent": "htc_log_event",
    "HTCNodePool": "htc_node_pool",
    "HTCProject": "htc_project",
    "HTCProjectLimit": "htc_project_limit",
    "HTCProjectsResponse": "htc_projects_response",
    "HTCProjectUpdate": "htc_project_update",
    "HTCRegionAdminSettings": "htc_region_admin_settings",
    "HTCRegionComputeSettings": "htc_region_compute_settings",
    "HTCRegionSettings": "htc_region_settings",
    "HTCRegionStorageSettings": "htc_region_storage_settings",
    "HTCRepository": "htc_repository",
    "HTCRequestError": "htc_request_error",
    "HTCRetryStrategy": "htc_retry_strategy",
    "HTCTask": "htc_task",
    "HTCTasksResponse": "htc_tasks_response",
    "HTCTaskUpdate": "htc_task_update",
    "HTCToken": "htc_token",
    "HTCTokenPayload": "htc_token_payload",
    "HTCWorkspaceLimit": "htc_workspace_limit",
    "ImageReadiness": "image_readiness",
    "ImageUnavailableError": "image_unavailable_error",
    "InstanceLabels": "instance_labels",
    "JobExecutionEnvironment": "job_execution_environment",
    "JobPriority": "job_priority",
    "JobStatusSummary": "job_status_summary",
    "JobStatusSummaryPage": "job_status_summary_page",
    "JsonWebKey": "json_web_key",
    "JsonWebKeySet": "json_web_key_set",
    "LifecycleStatus": "lifecycle_status",
    "LogOrder": "log_order",
    "ModifierRole": "modifier_role",
    "NameValuePair": "name_value_pair",
    "OAuth2ErrorResponse": "oauth2_error_response",
    "OAuth2Token": "oauth2_token",
    "Organization": "organization",
    "PresignedPutUrlResponse": "presigned_put_url_response",
    "PresignedUrlParts": "presigned_url_parts",
    "PublicKey": "public_key",
    "RegionalStorageResponse": "regional_storage_response",
    "RegionalStore": "regional_store",
    "RegionStorageOption": "region_storage_option",
    "RescaleFlag": "rescale_flag",
    "RescaleJobStatus": "rescale_job_status",
    "RescaleJobStatusEvent": "rescale_job_status_event",
    "RescaleRegion": "rescale_region",
    "RescaleUser": "rescale_user",
    "StorageAccessToken": "storage_access_token",
    "StorageAccessTokens": "storage_access_tokens",
    "SupportedRescaleRegion": "supported_rescale_region",
    "Tag": "tag",
    "TaskRetentionPolicy": "task_retention_policy",
    "ViewType": "view_type",
    "WhoAmI": "who_am_i",
    "Workspace": "workspace",
    "WorkspaceTaskRetentionPolicy": "workspace_task_retention_policy",
}

__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]
    "Architecture",
    "AutoscalingConfig",
    "AutoscalingProfile",
    "CloudProvider",
    "ContainerDetails",
    "DerivedComputeAttributes",
    "EnvPair",
    "ExperimentalFields",
    "FeatureFlagsResult",
    "HTCCluster",
    "HTCClusterStatusResponse",
    "HTCComputeEnvironment",
    "HTCImages",
    "HTCImageStatus",
    "HTCJob",
    "HTCJobDefinition",
    "HTCJobErrorCodeName",
    "HTCJobLogs",
    "HTCJobs",
    "HTCJobStatusEvents",
    "HTCJobSubmitRequest",
    "HTCLimitCreate",
    "HTCLimitUpdate",
    "HTCLogEvent",
    "HTCNodePool",
    "HTCProject",
    "HTCProjectLimit",
    "HTCProjectsResponse",
    "HTCProjectUpdate",
    "HTCRegionAdminSettings",
    "HTCRegionComputeSettings",
    "HTCRegionSettings",
    "HTCRegionStorageSettings",
    "HTCRepository",
    "HTCRequestError",
    "HTCRetryStrategy",
    "HTCTask",
    "HTCTasksResponse",
    "HTCTaskUpdate",
    "HTCToken",
    "HTCTokenPayload",
    "HTCWorkspaceLimit",
    "ImageReadiness",
    "ImageUnavailableError",
    "InstanceLabels",
    "JobExecutionEnvironment",
    "JobPriority",
    "JobStatusSummary",
    "JobStatusSummaryPage",
    "JsonWebKey",
    "JsonWebKeySet",
    "LifecycleStatus",
    "LogOrder",
    "ModifierRole",
    "NameValuePair",
    "OAuth2ErrorResponse",
    "OAuth2Token",
    "Organization",
    "PresignedPutUrlResponse",
    "PresignedUrlParts",
    "PublicKey",
    "RegionalStorageResponse",
    "RegionalStore",
    "RegionStorageOption",
    "RescaleFlag",
    "RescaleJobStatus",
    "RescaleJobStatusEvent",
    "RescaleRegion",
    "RescaleUser",
    "StorageAccessToken",
    "StorageAccessTokens",
    "SupportedRescaleRegion",
    "Tag",
    "TaskRetentionPolicy",
    "ViewType",
    "WhoAmI",
    "Workspace",
    "WorkspaceTaskRetentionPolicy",
]


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
