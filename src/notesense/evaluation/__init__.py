"""Labelled notes, runs over them, and their scores. Knows engines only by their port, and neither store nor index."""
