"""What a server works with: bodies, queues and their bounds.

Public are its modules `body`, `desk`, `guarded`, `headers`, `lane`, `queues`, `scratch` and
`visitor`: all of them.
"""
