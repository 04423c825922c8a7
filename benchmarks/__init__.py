"""Measured figures: each script prints what it measured and the ratio to a baseline of the same run."""
