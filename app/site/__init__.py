"""The corridors that a server shows."""
