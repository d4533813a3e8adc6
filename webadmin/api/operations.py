"""All operations of the API, in one table: the addresses and their description are made from it."""

from flask import Response

from webadmin.api.cameras import (
    CameraQuestion,
    Cameras,
    CamerasQuestion,
    CameraWhole,
    Visits,
    read_camera,
    read_cameras,
    read_visits,
)
from webadmin.api.connections import Connections, ConnectionsQuestion, read_connections
from webadmin.api.deliveries import Deliveries, DeliveriesQuestion, read_deliveries
from webadmin.api.incidents import (
    Incident,
    IncidentQuestion,
    Incidents,
    IncidentsQuestion,
    read_incidents,
    read_one_incident,
)
from webadmin.api.items import (
    ItemQuestion,
    Items,
    ItemsQuestion,
    ItemWhole,
    read_file,
    read_item,
    read_items,
)
from webadmin.api.lists import (
    Causes,
    Profiles,
    Status,
    Targets,
    read_profiles,
    read_rejections,
    read_status,
    read_targets,
)
from webadmin.api.operation import Nothing, Operation
from webadmin.api.reports import Reports, ReportsQuestion, read_reports
from webadmin.api.requests import Requests, RequestsQuestion, read_requests
from webadmin.api.waiting import WaitingFiles, WaitingQuestion, read_waiting

OPERATIONS = (
    Operation("/status", "status", "How the gateway is", Nothing, Status, read_status),
    Operation("/items", "items", "Files with their verdicts", ItemsQuestion, Items, read_items),
    Operation("/items/{id}", "item", "One file with its sidecar", ItemQuestion, ItemWhole, read_item),
    Operation("/items/{id}/file", "item_file", "Its bytes, as they came", ItemQuestion, Response, read_file),
    Operation("/cameras", "cameras", "The cameras and how they are doing", CamerasQuestion, Cameras, read_cameras),
    Operation("/cameras/{id}", "camera", "One camera with its record", CameraQuestion, CameraWhole, read_camera),
    Operation("/visits", "visits", "Which cameras to go to, and what for", Nothing, Visits, read_visits),
    Operation("/reports", "reports", "What cameras report of themselves", ReportsQuestion, Reports, read_reports),
    Operation("/incidents", "incidents", "What people are told of", IncidentsQuestion, Incidents, read_incidents),
    Operation("/incidents/{id}", "incident", "One incident", IncidentQuestion, Incident, read_one_incident),
    Operation("/connections", "connections", "FTPS connections", ConnectionsQuestion, Connections, read_connections),
    Operation("/causes", "causes", "Why files are rejected", Nothing, Causes, read_rejections),
    Operation("/targets", "targets", "Where items go, and what waits", Nothing, Targets, read_targets),
    Operation(
        "/targets/{name}/deliveries",
        "deliveries",
        "What a target does not have",
        DeliveriesQuestion,
        Deliveries,
        read_deliveries,
    ),
    Operation("/waiting", "waiting", "Files without a verdict", WaitingQuestion, WaitingFiles, read_waiting),
    Operation("/requests", "requests", "What people asked for", RequestsQuestion, Requests, read_requests),
    Operation("/profiles", "profiles", "Camera types that are known", Nothing, Profiles, read_profiles),
)
