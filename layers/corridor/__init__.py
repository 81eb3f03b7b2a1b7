"""A corridor as models: manifest, layers, style, status, claims and sources.

Public are `annotation`, `claim`, `corridor`, `feature`, `layer`, `layouts`, `lost_targets`,
`manifest`, `own_kind`, `promise`, `route`, `schemas`, `source`, `status`, `style` and
`where`; the rest is the room's own.
"""
