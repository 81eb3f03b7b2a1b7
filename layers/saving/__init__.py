"""A corridor's folder, written: new corridors, new layers, each file there whole or not at all."""
