"""The demo district: an invented district's year 2025, told through the real commands, the same for the same seed."""
