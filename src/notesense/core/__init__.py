"""What NoteSense knows, as values: notes, passages, signals, pictures of accounts. No files, no clock, no network."""
