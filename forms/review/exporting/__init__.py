"""A view of the queue as a file: asked for on a screen, written by the worker, fetched by who asked for it."""
