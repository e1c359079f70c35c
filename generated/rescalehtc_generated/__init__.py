# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Generated client of the Rescale HTC API: models, routes and functions. :mod:`rescalehtc` is its public face."""

SERVER_URL = "https://htc.rescale.com/api/v1"
"""Base URL of the service."""
