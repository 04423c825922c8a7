"""The tables behind the action registry: one module per stage, one row per action."""
