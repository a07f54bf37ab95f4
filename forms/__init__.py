"""What people send in and what becomes of it; a plain package, only its sub-packages are installed."""
