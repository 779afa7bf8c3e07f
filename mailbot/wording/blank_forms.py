"""What a blank form says around its questions, in Dutch. A filled form is read without these lines, as
long as they are what was printed on it: think of those sent out before one is worded otherwise."""

from __future__ import annotations

REQUIRED = "* Dit hebben wij zeker nodig."
WHEN, WHERE, UNTIL = "Wanneer", "Waar", "Inschrijven kan"
SEND_TO = "Stuur dit formulier terug naar {address}."
ASK = "Voor meer inlichtingen: {contact}"
PRIVACY = (
    "Wij gebruiken deze persoonsgegevens alleen om dit te organiseren. U kunt ze laten verbeteren of "
    "schrappen via {address}."
)
#: Of the table of questions, for who has a document read aloud.
TABLE = "Links de vraag, rechts uw antwoord"
PICK_TITLE, PICK = "Keuze", "Kies een antwoord uit de lijst."
#: What stood in a field that nobody filled in yet, on forms that were made before.
FORMER = ("Kies een antwoord", "Kies een datum", "Klik hier om te typen")
