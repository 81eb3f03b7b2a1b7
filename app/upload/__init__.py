"""Files that a page sends, looked at before they become layers."""
