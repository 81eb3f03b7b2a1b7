"""A corridor's folder, read: manifest, layers, style, status, claims and sources as models."""
