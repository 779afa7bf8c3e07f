"""What a write of the workbook costs: one more person in a list of 100 to 10,000.

Prints a table, beside a plain openpyxl load, append and save of the same file.
Run: ``python -m benchmarks.workbook``.
"""

from __future__ import annotations

import io
import time
import warnings
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl

from mailbot.config.shipped import shipped
from mailbot.domain.decision import EventState, Logged, LogLine
from mailbot.domain.event import Event
from mailbot.domain.form import Form, read_form
from mailbot.domain.organisation import Organisations
from mailbot.domain.registration import Registration, Status, nr_text
from mailbot.workbook import Base, Layout, Snapshot, WrittenWorkbook, merge, read, write

START = datetime(2026, 11, 1, 8, tzinfo=UTC)


def layout_of(form: Form) -> Layout:
    """The workbook of an event with a form."""
    event = Event.model_validate({"id": "kis", "title": "Kennisplatform", "form": form.id})
    return Layout(event, form, ZoneInfo("Europe/Brussels"), Organisations(), (event,), {}, {})


def state_of(people: int) -> EventState:
    """An event with so many people."""
    registrations = tuple(_person(number) for number in range(1, people + 1))
    lines = tuple(
        Logged(r.received, LogLine("mailbot", "ingeschreven", "formulier", r.nr)) for r in registrations
    )
    return EventState("kis", registrations, (), lines, START + timedelta(days=20))


def _person(number: int) -> Registration:
    answers = {
        "last_name": f"Peeters {number}", "first_name": "Jan", "role": "Schepen",
        "organisation": f"Gemeente {number % 120}", "email": f"jan{number}@stad.example",
        "phone": "050 12 34 56", "attends": True, "diet": ("", "vegetarisch")[number % 2],
    }  # fmt: skip
    at = START + timedelta(minutes=number)
    told = {key: value for key, value in answers.items() if value != ""}
    return Registration(
        nr_text(number), "kis", Status.REGISTERED, told, at, at, at, sender="jan@stad.example"
    )


def _written(
    state: EventState, layout: Layout, found: Snapshot | None, base: Base, number: int
) -> tuple[bytes, Base]:
    written = write(state, layout, found, base)
    assert isinstance(written, WrittenWorkbook)
    return written.data(number), Base.from_json(number, written.base.to_json())


def _openpyxl(data: bytes) -> float:
    begun = time.process_time()
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["Deelnemers"].append(["INS-9999", "Ingeschreven", "Peeters"])
    book.save(io.BytesIO())
    return time.process_time() - begun


def main() -> None:
    """Prints the table: milliseconds of processor time, so that a busy machine does not count."""
    warnings.simplefilter("ignore")  # openpyxl's remarks on what it drops
    form = read_form(shipped("forms") / "kennisplatform.toml")
    layout = layout_of(form)
    print("| people | new file | read and merge | one more person, all in all | plain openpyxl |")
    print("|---:|---:|---:|---:|---:|")
    for people in (100, 1_000, 5_000, 10_000):
        times = []
        begun = time.process_time()
        data, base = _written(state_of(people), layout, None, Base(), 1)
        times.append(time.process_time() - begun)
        more = state_of(people + 1)
        begun = time.process_time()
        found = read(data, layout, base)
        assert merge(base, found, layout) == ()
        times.append(time.process_time() - begun)
        data, base = _written(more, layout, found, base, 2)
        times.append(time.process_time() - begun)
        times.append(_openpyxl(data))
        print(f"| {people} | " + " | ".join(f"{1000 * seconds:.0f}" for seconds in times) + " |")


if __name__ == "__main__":
    main()
