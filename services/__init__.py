"""What the centres offer: territories, centres, measures, groups (public services, not a service layer)."""
