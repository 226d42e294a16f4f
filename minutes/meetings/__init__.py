"""What happened at a meeting: who was there, what was decided, what may be told of it."""
