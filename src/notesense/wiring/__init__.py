"""Puts adapters behind the ports: the only package that names adapters, and it imports them when they are needed."""
