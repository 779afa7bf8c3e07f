"""Blank forms of houses that do not exist, and copies of them filled in many ways.

``draw`` makes the first five. Six more (strip, breakfast, referees, library, houses, studyday) were drawn by
an author who had seen neither reader nor samples; their layouts were looked at when adoption was mended, so
that they tell what holds, and not how well a form is read that was never seen.
"""
