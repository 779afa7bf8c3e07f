"""What the readers of plain words make of mails that are labelled by hand."""
