"""Reading and indexing a text on screen: pure layout, and the pane that draws it."""
