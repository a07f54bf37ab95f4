"""One file a field type, one registry."""
