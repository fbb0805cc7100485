"""Entries as they were once written: every version of every type, byte for byte, for ever."""
