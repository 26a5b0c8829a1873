"""The web site: one room for each thing people do."""
