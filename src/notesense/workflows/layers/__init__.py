"""Layers of language models: each is one around another, and does one thing to requests on their way out and back."""
