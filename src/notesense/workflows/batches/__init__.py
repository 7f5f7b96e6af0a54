"""Many requests handed to a server at once, answered within a day: submitting, collecting, and what survives a stop."""
