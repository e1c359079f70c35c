"""Ours, the earlier version, generated code as it comes and bare calls do the same work side by side."""
