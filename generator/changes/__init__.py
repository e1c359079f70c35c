"""Reports changes: of the API (compare, ledger, report, update) and of our own public names (surface, release)."""
