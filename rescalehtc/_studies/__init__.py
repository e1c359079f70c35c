"""What submissions, waiting, results and logs are built from, and what the modules of 1.1.0 share."""
