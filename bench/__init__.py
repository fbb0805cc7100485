"""Measurements against the peers, as ratios taken in one interleaved run: ``python -m bench --help``."""
