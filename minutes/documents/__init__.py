"""Documents: one semantic HTML page each, its text's digest, and what is made of it."""
