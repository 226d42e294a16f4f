"""What a secretary writes, as frozen records with Thai and English keys."""
