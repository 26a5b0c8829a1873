"""What the law and the arithmetic say.

Plain Python and YAML: no Django, no network, no clock. Whoever asks brings the date.
"""
