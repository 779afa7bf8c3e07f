"""German."""

from mailbot.notifications.lexicon.words import Words

WORDS = Words(
    days=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    date="{weekday}, {day}. {month} {year}",
    time="{hour}.{minute:02}",
    at="{date}, {start} Uhr",
    between="{date}, {start} bis {end} Uhr",
    until="bis einschließlich {date}",
    until_time="bis {date}, {start} Uhr",
    clock="{start} Uhr",
    yes="ja",
    no="nein",
    noted="vermerkt",
    certificate="Teilnahmebescheinigung",
    confirms="Hiermit bestätigen wir, dass",
    read="wir lasen",
    conjunction="und",
    quoted="„{}“",
    issued_by="Ausgestellt von",
    signed_for="Im Namen der Organisation",
    proof="Probe",
    took_part="teilgenommen hat an",
)  # fmt: skip
