"""What must not be written in free text: national identity numbers, and what belongs to a person's private life.

Pure: text in, findings out. Nothing here keeps, logs or repeats what it has read.
"""
