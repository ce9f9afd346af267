"""A view model for each kind of page, and its template."""
