"""North of the backend seam: fronts, sessions, catalog, and the server that joins them with the bridge."""
