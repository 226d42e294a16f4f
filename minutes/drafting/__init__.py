"""Files that are begun: the next meeting, a new office, members out of lists."""
