"""How a call is made: settings, requests, retries, transports, errors, pages."""
