"""The guard: what kind of care a message needs, decided before any search."""
