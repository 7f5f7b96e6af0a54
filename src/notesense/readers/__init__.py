"""Files and pastes to readings: the text comes through character for character."""
