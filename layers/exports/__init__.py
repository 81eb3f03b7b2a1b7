"""A corridor's data for other programs: GeoPackage, GeoJSON, KML, CSV, JSON-LD, BibTeX."""
