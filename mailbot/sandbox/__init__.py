"""Child processes with limits on memory, processor time and wall clock; bytes in, values out."""
