"""Many readers at once before the real server."""
