"""The framework matrix on screen: pure geometry, and the view that draws it."""
