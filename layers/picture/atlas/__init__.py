"""A corridor as a book: overview, a page for each subject, and the sources."""
