"""Blank forms of houses that do not exist, and copies of them filled in many ways; ``draw`` makes them."""
