"""Products of households and cooperatives, with their proofs."""
