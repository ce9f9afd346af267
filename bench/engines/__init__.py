"""Our layout beside other engines': the same graphs with cards of the same sizes, measured by the same rules."""
