"""Settings by purpose: base is shared, dev for a developer, test for the suite, production for everybody else."""
