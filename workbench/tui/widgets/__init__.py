"""Widgets that several screens use. They draw and post messages; they know no study."""
