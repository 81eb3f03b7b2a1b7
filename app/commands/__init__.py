"""The commands of ``corridormap``, a module each."""
