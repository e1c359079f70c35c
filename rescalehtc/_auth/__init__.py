"""Credentials, bearer tokens and the token cache that processes share."""
