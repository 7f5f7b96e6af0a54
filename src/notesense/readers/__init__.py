"""Files and pastes to readings: the text comes through character for character, whatever else a format tells beside it."""
