"""A corridor's data for other programs: GeoPackage, GeoJSON, KML, CSV, JSON-LD, BibTeX.

Public are `archive`, `bibliography`, `data` and `promise_table`; the rest is the room's own.
"""
