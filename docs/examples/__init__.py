"""An example for each module of the authoring language: no systems, though they stand in a folder of drawings."""
