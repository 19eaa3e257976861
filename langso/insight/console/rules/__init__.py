"""Pure decisions of the console: how a commune's link is, and what of a box is an alarm."""
