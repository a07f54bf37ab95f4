"""Sessions of groups, their seats, registrations and waiting lists."""
