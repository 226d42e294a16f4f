"""What a checker of minutes would object to, by subject; ``table`` has them all."""
