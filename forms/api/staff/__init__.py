"""The queue for programs: what staff see and do, as JSON."""
