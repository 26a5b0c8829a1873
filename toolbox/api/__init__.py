"""The same answers as the pages give, for programs: JSON in and out, and a page that says how."""
