"""A corridor's folder, written: new corridors, new layers, each file there whole or not at all.

Public are `adopt`, `apply`, `blank`, `edits`, `history`, `layouts_text`, `named_source`, `objects`,
`of_layers`, `put_kind`, `remedies`, `save_operations`, `settings`, `settings_form`, `snapshot`,
`store`, `take_in`, `template`, `told`, `toml_text`, `upgrade`, `versions`, `versions_told` and
`wishes`; the rest is the room's own.
"""
