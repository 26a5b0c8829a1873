"""What must not stand in free text: national identity numbers, and a person's private life.

Pure: text in, findings out. Nothing here keeps, logs or repeats what it has read.
"""
