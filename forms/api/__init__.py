"""The headless endpoints."""
