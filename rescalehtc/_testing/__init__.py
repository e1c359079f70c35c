"""Fixtures for pytest that need further plugins."""
