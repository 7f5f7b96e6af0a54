"""Tunes the local engine's encoder and heads to labelled notes, with PyTorch. Nothing here is part of the package."""
