"""A corridor as models: manifest, layers, style, status, claims and sources."""
