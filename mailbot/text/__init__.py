"""Characters, spelling and dates: text in, text out."""
