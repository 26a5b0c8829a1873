"""«Start her»: from a staffing need to support, cost, one contact and one page to show a partner."""
