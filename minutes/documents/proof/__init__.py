"""Finished files read back: what they show, and that nothing withheld is in them."""
