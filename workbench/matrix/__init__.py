"""The framework matrix: charts of cells, and exact figures counted from them."""
