"""Comparisons, run by hand: ``python -m bench.NAME``. docs/bench.md tells what each one says."""
