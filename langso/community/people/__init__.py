"""The register of residents and households: one person, one record."""
