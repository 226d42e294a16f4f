"""The program as a whole: its files, its set-up, and what goes through all of it."""
