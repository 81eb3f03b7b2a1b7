"""Open corridors for a server: what is kept of them, the line to wait in, the process apart."""
