"""Pages of lots: what a buyer's phone opens, and the keeper's desk."""
