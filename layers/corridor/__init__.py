"""A corridor as models: manifest, layers, style, status, claims and sources.

Public are its modules `annotation`, `claim`, `corridor`, `dated`, `feature`, `layer`, `layouts`,
`lost_targets`, `manifest`, `promise`, `route`, `schemas`, `source`, `status`, `style` and
`where`: all of them.
"""
