"""Measures the portal as it runs in production: its real processes, over loopback, from processes of its own."""
