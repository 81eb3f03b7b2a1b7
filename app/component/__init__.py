"""Streamlit's component of the map, for our own page and for pages of others.

Public is `component`: `map_component`, `whole_map_component` and what they return, `Shown`.
"""
