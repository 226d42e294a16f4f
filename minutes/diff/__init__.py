"""A Word file as somebody left it, told back to the lines of its agenda."""
