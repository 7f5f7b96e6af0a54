"""The outside world, one library to a module: embedding weights, the local engine, the SQL store, the Chroma index."""
