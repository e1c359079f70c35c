"""Generates the client code from the API description; see ``python -m generator --help``."""
