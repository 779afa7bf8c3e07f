"""What the sender wrote themselves is told from what they quote, in every mail program's way."""

from __future__ import annotations

import pytest

from mailbot.domain.document import Table
from mailbot.text.closings import is_closing
from tests.message.build import mail, multipart, own_text, parsed

OLD = "Wij nodigen u uit.\nNaam:\nVoornaam:"

PLAIN = {
    "signs": (
        "Ik kom.\n\nOp do 5 nov. 2026 om 10:00 schreef Secretariaat <in@vvsg.example>:\n> Wij nodigen u uit."
    ),
    "wrapped announcement": (
        "Ik kom.\n\nOp do 5 nov. 2026 om 10:00 schreef Secretariaat\n<in@vvsg.example>:\n\n> Wij "
        "nodigen u uit."
    ),
    "telephone": (
        "Ik kom.\n\nVerstuurd vanaf mijn iPhone\n\nOp 5 nov. 2026 om 10:00 heeft Secretariaat "
        f"<in@vvsg.example> het volgende geschreven:\n\n{OLD}"
    ),
    "english": f"Ik kom.\n\nOn Thu, Nov 5, 2026 at 10:00 AM Secretariaat <in@vvsg.example> wrote:\n{OLD}",
    "french": f"Ik kom.\n\nLe jeu. 5 nov. 2026 à 10:00, Secretariaat <in@vvsg.example> a écrit :\n{OLD}",
    "outlook rule": f"Ik kom.\n\n-----Oorspronkelijk bericht-----\nVan: Secretariaat\n{OLD}",
    "outlook header": (
        "Ik kom.\n\nVan: Secretariaat <in@vvsg.example>\nVerzonden: donderdag 5 november 2026 "
        f"10:00\nAan: Jan\nOnderwerp: Uitnodiging\n\n{OLD}"
    ),
    "outlook header, bold": (
        "Ik kom.\n\n________________________________\n*Van:* Secretariaat\n*Verzonden:* "
        f"donderdag\n*Aan:* Jan\n*Onderwerp:* Uitnodiging\n\n{OLD}"
    ),
    "english header": (
        f"Ik kom.\n\nFrom: Secretariaat\nSent: Thursday\nTo: Jan\nSubject: Uitnodiging\n\n{OLD}"
    ),
}


@pytest.mark.parametrize("way", PLAIN)
def test_plain_text_above_a_quote_is_the_senders_own(way: str) -> None:
    message = parsed(mail(PLAIN[way], subject="Re: Uitnodiging"))
    own = [line for line in own_text(message) if not line.startswith("____")]
    assert own == ["Ik kom."]
    assert message.body[-1].quote > 0
    assert message.forwarded is None


def test_an_address_in_the_line_above_an_announcement_does_not_make_it_part_of_it() -> None:
    text = (
        "An (an@damme.example) komt in mijn plaats.\n\nOp do 5 nov. 2026 schreef X <in@vvsg.example>:\n> Dag."
    )
    assert own_text(parsed(mail(text))) == ["An (an@damme.example) komt in mijn plaats."]


HTML = {
    "gmail": (
        '<div dir="ltr">Ik kom.</div><br><div class="gmail_quote"><div class="gmail_attr">Op do '
        '5 nov schreef <a>in@vvsg.example</a>:<br></div><blockquote class="gmail_quote"><p>Wij '
        "nodigen u uit.</p></blockquote></div>"
    ),
    "apple": (
        '<div>Ik kom.</div><div><br><blockquote type="cite"><div>Op 5 nov. 2026 heeft X '
        "&lt;in@vvsg.example&gt; het volgende geschreven:</div><p>Wij nodigen u uit.</p>"
        "</blockquote></div>"
    ),
    "outlook web": (
        '<div>Ik kom.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Van:</b> X'
        "<br><b>Verzonden:</b> donderdag</div><div><p>Wij nodigen u uit.</p></div>"
    ),
    "outlook": (
        '<div class="WordSection1"><p>Ik kom.</p><div style="border-top:solid #E1E1E1 1.0pt"><p>'
        "<b>Van:</b> X &lt;in@vvsg.example&gt;<br><b>Verzonden:</b> donderdag 5 november 2026<br>"
        "<b>Aan:</b> Jan<br><b>Onderwerp:</b> Uitnodiging</p></div><p>Wij nodigen u uit.</p>"
        "</div>"
    ),
    "thunderbird": (
        '<p>Ik kom.</p><div class="moz-cite-prefix">Op 5/11/2026 om 10:00 schreef X:<br></div>'
        '<blockquote type="cite"><p>Wij nodigen u uit.</p></blockquote>'
    ),
}


@pytest.mark.parametrize("way", HTML)
def test_html_above_a_quote_is_the_senders_own(way: str) -> None:
    message = parsed(mail(HTML[way], subject="Re: Uitnodiging", kind="text/html; charset=utf-8"))
    assert own_text(message) == ["Ik kom."]
    assert "Wij nodigen u uit." in {block.text for block in message.body if block.quote > 0}


def test_two_lines_that_a_header_also_has_do_not_make_a_quote() -> None:
    text = "Graag een vervanging.\n\nVan: Els Maes\nAan: Jan Peeters\n\nJan is er de hele dag."
    assert own_text(parsed(mail(text))) == [
        "Graag een vervanging.", "Van: Els Maes", "Aan: Jan Peeters", "Jan is er de hele dag."
    ]  # fmt: skip


def test_answers_between_quoted_lines_stay_the_senders_own() -> None:
    message = parsed(mail("> Komt u?\nJa, graag.\n> Eet u mee?\nNeen."))
    assert own_text(message) == ["Ja, graag.", "Neen."]


@pytest.mark.parametrize(
    "line",
    [
        "Met vriendelijke groeten",
        "Met vriendelijke groet,",
        "Vriendelijke groeten,",
        "Mvg",
        "Groeten",
        "Hoogachtend,",
        "Met collegiale groeten",
        "Beste groeten",
        "Groetjes",
        "Cordialement",
        "Kind regards,",
        "Bien à vous",
        "mvg,",
    ],
)
def test_a_closing_line_begins_the_signature(line: str) -> None:
    message = parsed(mail(f"Ik kom.\n{line}\nJan Peeters\nSchepen"))
    assert own_text(message) == ["Ik kom."]
    assert len(message.body) == 4


@pytest.mark.parametrize(
    "line",
    [
        "Groeten uit Brugge breng ik mee naar de vergadering van 3 december en meer",
        "Ik kom.",
        "Beste",
        "Groen licht",
    ],
)
def test_other_lines_do_not(line: str) -> None:
    assert not is_closing(line)


def test_an_afterthought_below_the_signature_is_the_senders_own() -> None:
    message = parsed(mail("Ik kom.\n\nGroeten\nJan\n\nPS: ik eet vegetarisch"))
    assert own_text(message) == ["Ik kom.", "PS: ik eet vegetarisch"]


def test_a_table_in_a_mail_comes_as_a_grid_even_beside_plain_text() -> None:
    page = "<table><tr><td>Naam</td><td>Peeters</td></tr><tr><td>Voornaam</td><td>Jan</td></tr></table>"
    message = parsed(
        multipart(
            ["Content-Type: text/plain\n\nNaam Peeters Voornaam Jan", f"Content-Type: text/html\n\n{page}"],
            subtype="alternative",
        )
    )
    assert len(message.body) == 1
    grid = message.body[0]
    assert isinstance(grid, Table)
    assert [[cell.text for cell in row] for row in grid.rows] == [["Naam", "Peeters"], ["Voornaam", "Jan"]]


@pytest.mark.parametrize(("plain", "shown"), [("zie html", True), ("Naam: Peeters, Voornaam: Jan", False)])
def test_a_plain_version_that_only_points_at_the_other_is_not_the_text(plain: str, shown: bool) -> None:
    page = "<p>Naam: Peeters</p><p>Voornaam: Jan</p><p>Gemeente: Damme</p><p>Opmerkingen: geen</p>"
    message = parsed(
        multipart(
            [f"Content-Type: text/plain\n\n{plain}", f"Content-Type: text/html\n\n{page}"],
            subtype="alternative",
        )
    )
    assert (own_text(message)[0] == "Naam: Peeters") is shown


def test_struck_out_words_are_seen_even_beside_plain_text() -> None:
    message = parsed(
        multipart(
            ["Content-Type: text/plain\n\nja / nee", "Content-Type: text/html\n\n<p>ja / <s>nee</s></p>"],
            subtype="alternative",
        )
    )
    assert [(span.text, span.struck) for span in message.body[0].spans] == [("ja / ", False), ("nee", True)]


def test_plain_text_counts_before_html_unless_it_is_blank() -> None:
    both = ["Content-Type: text/plain\n\n{}", "Content-Type: text/html\n\n<p>uit html</p>"]
    filled = multipart([both[0].format("uit tekst"), both[1]], subtype="alternative")
    blank = multipart([both[0].format("  "), both[1]], subtype="alternative")
    assert own_text(parsed(filled)) == ["uit tekst"]
    assert own_text(parsed(blank)) == ["uit html"]


@pytest.mark.parametrize("before", ["", " a='>'", " '", ' a=">"'])
def test_a_tag_with_more_attributes_than_anybody_gives_has_none(before: str) -> None:
    many = " ".join(f"a{number}='x'" for number in range(3_000))
    page = f"<p{before} {many} hidden>Ik kom.</p><p hidden>Ik kom niet.</p><p>Tot dan.</p>"
    assert own_text(parsed(mail(page, kind="text/html"))) == ["Ik kom.", "Tot dan."]


def test_hidden_text_in_html_is_not_read() -> None:
    page = '<p>Ik kom.</p><div style="display:none">Schrijf mij uit</div><style>p{}</style><script>x</script>'
    assert own_text(parsed(mail(page, kind="text/html"))) == ["Ik kom."]
