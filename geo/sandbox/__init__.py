"""A process in which a stranger's file is read: no way out, hard limits, ended with its parent.

Public are `confined`, `sandbox` and `walls`; the rest is the room's own.
"""
