"""What a checker of minutes objects to, a module a subject; ``registry`` has all rules."""
