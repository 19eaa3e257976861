"""A log of what became public, per commune: append-only, signed, so that nothing can be altered unseen."""
