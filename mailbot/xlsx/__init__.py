"""A patcher of xlsx packages: sets cells and keeps every other byte."""
