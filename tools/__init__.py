"""What makes committed files anew, run by hand: ``python -m tools.NAME``."""
