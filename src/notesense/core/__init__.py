"""What NoteSense knows, as values: notes, passages, signals, pictures of accounts. Pure: no files, no clock, no network."""
