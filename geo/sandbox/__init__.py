"""A process in which a stranger's file is read: no way out, hard limits, ended with its parent."""
