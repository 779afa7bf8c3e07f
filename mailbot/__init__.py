"""mailbot: from an inbox full of registration forms to a workbook and answers."""
