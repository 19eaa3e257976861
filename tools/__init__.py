"""What developers run: texts, generated docs, checks. Nothing here is needed by a running node."""
