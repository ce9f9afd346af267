"""The index of the search, made when the gallery is built."""
