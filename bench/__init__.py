"""Measures the running portal."""
