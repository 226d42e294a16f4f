"""What is public brought to a folder, a server or WordPress."""
