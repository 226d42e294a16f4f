"""What a terminal shows: wording, columns, progress, problems."""
