"""A corridor as models: manifest, layers, style, status, claims and sources.

Public are its modules `annotation`, `claim`, `corridor`, `feature`, `layer`, `lost_targets`,
`manifest`, `promise`, `route`, `schemas`, `source`, `status` and `style`; the rest is the room's
own.
"""
