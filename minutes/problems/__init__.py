"""What can be wrong, where, how it is mended, and what is said of it in which language."""
