"""The commands of ``corridormap``, a module each.

Public are `add`, `article`, `atlas`, `changes`, `check_positions`, `claims`, `common`,
`desktop_entry`, `export`, `info`, `list`, `new`, `promises`, `publish`, `serve`, `snapshot`,
`sources`, `strip`, `upgrade`, `validate`, `verify` and `versions`; the rest is the room's own.
"""
