"""The verbs, over ports only: keep notes, find signals in them, look things up, prepare a meeting, mend the index."""
