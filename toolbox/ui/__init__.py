"""The page frame, its parts, texts and numbers as people read them, and the door to the clock."""
