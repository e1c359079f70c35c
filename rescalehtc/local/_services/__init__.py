"""What the local server offers beyond the API of the service: presigned URLs, the control route and the page."""
