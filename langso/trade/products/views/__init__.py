"""Pages of products: what everybody sees, and the maker's desk."""
