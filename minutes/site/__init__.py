"""The website: what an office decided, for everybody, as files that any server can hold."""
