"""Turn diagram code into pictures: one stage a file, each a function from one frozen type to the next."""
