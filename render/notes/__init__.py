"""Pictures in notes: copies in folders, marked blocks in texts, and the graph in other formats. Reads a build only."""
