"""What the house promises, and the proof.  A package, so that no installed `tests` can stand in its place."""
