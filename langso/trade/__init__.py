"""The trade pillar: what the village makes, where each lot of it came from, and how it is sold."""
