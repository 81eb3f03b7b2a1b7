"""What a server works with: bodies, queues and their bounds.

Public are its modules `body`, `desk`, `guarded`, `lane`, `queues`, `scratch` and `visitor`: all of
them.
"""
