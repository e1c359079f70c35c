"""HTTP and the API description: requests, responses, routes, faults. Knows nothing of state."""
