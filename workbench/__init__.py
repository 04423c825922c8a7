"""A terminal workbench for framework analysis of policy documents."""

__version__ = "0.1.0"
