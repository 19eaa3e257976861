"""The farm pillar: plots and ponds, the diary that is kept on them."""
