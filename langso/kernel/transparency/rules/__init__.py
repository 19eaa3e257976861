"""The log's arithmetic and its texts: no Django, no database, no clock."""
