"""What the record says: catalogue, register, trails; now or as of any instant.

Throw them away; a replay rebuilds them.
"""
