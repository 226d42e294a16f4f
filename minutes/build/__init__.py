"""Many meetings built: what is stale, by whom, from what, and one run over all of them."""
