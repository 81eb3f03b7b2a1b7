"""Promises: what was announced for a date, and whether it came to be.

Public are `chart`, `dues`, `entries`, `ledger`, `told` and `words`.
"""
