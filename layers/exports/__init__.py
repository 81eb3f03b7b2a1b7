"""A corridor's data for other programs: GeoPackage, GeoJSON, KML, CSV, JSON-LD, BibTeX.

Public are `archive`, `bibliography` and `data`; the rest is the room's own.
"""
