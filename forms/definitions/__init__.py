"""A form as data: document, field types, conditions, journey, versions."""
