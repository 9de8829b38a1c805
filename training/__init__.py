"""Training: everything learned, made from files of this repository alone."""
