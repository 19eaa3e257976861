"""The floor of insight: it reads every domain, and none reads it."""
