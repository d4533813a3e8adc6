"""The supported cameras, and what is wrong with profiles that could not be read."""
