"""A corridor as models: manifest, layers, style, status, claims and sources.

Public are its modules `annotation`, `claim`, `corridor`, `feature`, `layer`, `layouts`,
`lost_targets`, `manifest`, `route`, `schemas`, `source`, `status` and `style`: all of them.
"""
