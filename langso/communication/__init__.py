"""The communication pillar: what the commune and its province have to say, and how it reaches everybody."""
