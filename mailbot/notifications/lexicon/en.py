"""English."""

from mailbot.notifications.lexicon.words import Words

WORDS = Words(
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    date="{weekday} {day} {month} {year}",
    time="{hour}:{minute:02}",
    at="{date} at {start}",
    between="{date}, {start} to {end}",
    until="until {date} inclusive",
    until_time="until {date} at {start}",
    clock="{start}",
    yes="yes",
    no="no",
    noted="noted",
    certificate="Certificate of attendance",
    confirms="This confirms that",
    read="we read",
    conjunction="and",
    quoted="“{}”",
    issued_by="Issued by",
    signed_for="On behalf of the organiser",
    proof="proof",
    took_part="took part in",
)  # fmt: skip
