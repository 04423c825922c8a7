"""Hostile words and files, and what the program makes of them."""
