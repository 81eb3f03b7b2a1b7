"""What a snapshot was made of, written into it and read back from it.

Public are its modules `file`, `marks` and `recipe`: all of them.
"""
