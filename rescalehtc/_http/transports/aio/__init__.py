"""Async sources; the sync twin of each module lies one folder up."""
