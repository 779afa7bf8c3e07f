"""Forms drawn by somebody else, who never saw the reader: what is read of them."""
