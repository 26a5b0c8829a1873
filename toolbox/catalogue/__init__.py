"""Measures, grants and duties; what a position costs with and without support."""
