"""The commands, one a module: each has ``command(language)``, which gives a Click command."""
