"""The record of everything, in SQL: one SQLite file, written with SQLAlchemy Core.

`store` holds the port's implementation, `schema` the tables, `migrations` how a file comes to have them,
`database` what is SQLite's own (files, pragmas, errors) and `search` the full-text table.
"""
