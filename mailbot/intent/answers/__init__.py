"""What stands in a plain answer to a mail of ours, a file a subject: ``values`` that show by themselves what
they are, ``statements`` that name a field, a ``diet``, ``whose`` they are, what is ``found`` so far, the talk
``beside`` answers and the ``rest`` that a person may have to read."""
