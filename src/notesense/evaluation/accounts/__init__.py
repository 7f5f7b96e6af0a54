"""Briefings measured on written account histories: their facts, and how each part of a briefing agrees with them."""
