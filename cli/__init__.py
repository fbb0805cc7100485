"""The operator's door: serve, import, verify, rebuild, replay, export, bench."""
