"""HTML to DOCX, and a DOCX read as somebody left it."""
