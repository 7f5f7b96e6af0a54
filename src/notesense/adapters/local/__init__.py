"""The local engine: sentence vectors, trained heads and small parsers. Needs no key and no network."""
