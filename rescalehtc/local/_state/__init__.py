"""What one server keeps: the database, the clock, files and credentials."""
