"""A corridor as models: manifest, layers, style, status, claims and sources.

Public are its modules `annotation`, `claim`, `corridor`, `feature`, `layer`, `lost_targets`,
`manifest`, `route`, `schemas`, `source`, `status`, `style` and `where`: all of them.
"""
