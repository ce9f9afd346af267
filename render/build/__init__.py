"""The incremental build: what is stale, in which process it is made, into which folder it goes."""
