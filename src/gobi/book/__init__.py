"""The book: one set of pages, a web edition and a print edition."""
