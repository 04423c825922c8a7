"""Frozen records and the rules of the method; imports the standard library only."""
