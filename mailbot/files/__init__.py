"""Workbook files on a shared folder: read whole, replaced atomically, versions kept."""
