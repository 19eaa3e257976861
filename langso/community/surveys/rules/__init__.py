"""Pure decisions about surveys: how answers are cleaned, and which figures may be shown."""
