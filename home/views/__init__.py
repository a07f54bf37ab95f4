"""Public screens that are not pages of the tree: appearance, search, site map, feeds, errors."""
