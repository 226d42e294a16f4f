"""The commands: a module or a folder each, named as the command; ``command(language)`` gives it."""
