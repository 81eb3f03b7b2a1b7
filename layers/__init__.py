"""Hold a corridor: its features, look and annotations, and draw it. Knows no user."""
