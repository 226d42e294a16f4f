"""YAML text to strings with their line and column, and text that YAML reads back."""
