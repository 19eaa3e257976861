"""How entries look between nodes: columns, squeezed, with a cap on everything that arrives. Pure: no Django."""
