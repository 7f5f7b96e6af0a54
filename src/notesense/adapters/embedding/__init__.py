"""Sentence vectors on this machine: all-MiniLM-L6-v2 on ONNX Runtime, its weights checked and never fetched."""
