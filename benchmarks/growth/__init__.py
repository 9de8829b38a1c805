"""What search costs as a library grows, for each structure that could hold its vectors."""
