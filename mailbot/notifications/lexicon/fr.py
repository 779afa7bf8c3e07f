"""French."""

from mailbot.notifications.lexicon.words import Words

WORDS = Words(
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    date="{weekday} {day} {month} {year}",
    time="{hour}h{minute:02}",
    at="{date} à {start}",
    between="{date}, de {start} à {end}",
    until="jusqu’au {date} inclus",
    until_time="jusqu’au {date} à {start}",
    clock="{start}",
    yes="oui",
    no="non",
    noted="noté",
    certificate="Attestation de participation",
    confirms="Nous confirmons que",
    read="nous avons lu",
    conjunction="et",
    quoted="« {} »",
    issued_by="Délivré par",
    signed_for="Au nom de l’organisation",
    proof="essai",
    took_part="a participé à",
    first="1er",
)  # fmt: skip
