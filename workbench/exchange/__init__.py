"""Exchange: what leaves a study and what enters it, one module for each format."""
