"""One act for many applications: chosen in the queue, done by the worker, each with its own result."""
