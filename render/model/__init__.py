"""Values that every stage shares, and the look they are measured with."""
