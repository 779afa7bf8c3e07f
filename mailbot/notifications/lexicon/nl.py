"""Dutch."""

from mailbot.notifications.lexicon.words import Words

WORDS = Words(
    days=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    months=(
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    date="{weekday} {day} {month} {year}",
    time="{hour}.{minute:02}",
    at="{date}, {start} uur",
    between="{date}, {start} tot {end} uur",
    until="tot en met {date}",
    until_time="tot {date}, {start} uur",
    clock="{start} uur",
    yes="ja",
    no="neen",
    noted="genoteerd",
    certificate="Attest van deelname",
    confirms="Hiermee bevestigen wij dat",
    read="wij lazen",
    conjunction="en",
    quoted="“{}”",
    issued_by="Uitgereikt door",
    signed_for="Namens de organisatie",
    proof="proef",
    took_part="deelnam aan",
)  # fmt: skip
