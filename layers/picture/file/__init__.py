"""A drawing as a file: PNG, SVG or PDF, and what the file says of itself."""
