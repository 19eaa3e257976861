"""A believable commune: real places, generated people."""
