"""The trend of promises as a drawing: due dates against the dates on which they were said.

Public is `trend`.
"""
