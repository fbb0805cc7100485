"""The rulebook: what may be recorded, by whom, in which order.  It has never heard of a table or a request."""
