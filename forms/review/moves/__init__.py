"""The steps that staff take: one address a step of the table, one form that asks exactly what the step needs."""
