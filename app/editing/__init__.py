"""Changes of a corridor, from the editor's draft to the folder.

Public are `article_routes`, `new`, `routes` and `version_routes`; the rest is the room's own.
"""
