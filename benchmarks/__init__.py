"""Benchmarks: what a reply costs, as ratios against a baseline in the same run."""
