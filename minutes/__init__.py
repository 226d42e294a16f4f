"""Official Thai meeting minutes and press releases from one structured agenda."""

__version__ = "0.1.0"
