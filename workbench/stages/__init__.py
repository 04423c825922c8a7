"""The method: one module per stage, plain functions on a Study, the only writers."""
