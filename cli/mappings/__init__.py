"""Mappings that come with the program; each TOML file says what register it reads."""
