"""Historic registers on their way in: read, mapped, examined as a whole, and only then recorded."""
