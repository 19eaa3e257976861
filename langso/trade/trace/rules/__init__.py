"""Pure decisions about lots: mass, dates, the mandatory fields, and where labels stand on paper."""
