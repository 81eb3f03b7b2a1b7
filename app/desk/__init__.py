"""What a server works with: bodies, queues and their bounds."""
