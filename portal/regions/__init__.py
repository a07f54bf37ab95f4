"""Region packs: what a region publishes at first, as YAML files, and the loader that lays it once."""
