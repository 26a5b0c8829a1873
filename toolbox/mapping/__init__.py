"""What a company answers about itself: the questionnaire, the answers, and what they say in words."""
