"""What stands in a plain answer to a mail of ours, a file a subject: ``reply_lines`` takes it line by line,
``stated`` has what a piece says by itself; ``values`` that show what they are, ``field_statements`` that
name a field, a ``diet``, ``whose`` they are, what is ``found`` so far, the talk ``beside`` answers and the
``rest`` that a person may have to read."""
