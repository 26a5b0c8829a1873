"""Who can help: the organisations that employers can turn to, and the one to call first."""
