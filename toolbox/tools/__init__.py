"""Concrete things a company can do: each a page that works alone, with what it rests on."""
