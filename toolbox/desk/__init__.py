"""«Redaksjon»: the editors' own pages. What waits, what was reported, and the rates."""
