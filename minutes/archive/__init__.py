"""Signed minutes kept for decades: write-once versions, a register, and its verification."""
