"""Minutes that are ready to be signed, signed, and looked at once they are."""
