"""Small tools that know nothing of the API: files, locks, redaction, tables, protocols, scheduling."""
