"""Language: units of texts, with exact offsets; spaCy is imported inside functions only."""
