"""The words of a mail in, what the sender wants out."""
