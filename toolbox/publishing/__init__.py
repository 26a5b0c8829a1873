"""What editors decide: dated changes of rates, approved by a second one, and answers to reported errors."""
