"""``mailbot run``: the service, or one cycle of it, or what one cycle would do."""

from __future__ import annotations

import argparse
import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from mailbot.cli.output import say, settings_of
from mailbot.config.loader import load
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.sandbox.allocation import give_back_large
from mailbot.service.distribution import both_installed
from mailbot.service.log_format import use


def run(given: argparse.Namespace) -> int:
    """Runs the service or a single cycle."""
    settings = settings_of(given)
    use(settings.log.format)
    give_back_large()
    if given.timings and (given.dry_run or not given.once):
        raise ConfigurationError("run: --timings goes with --once: write `mailbot run --once --timings`")
    if given.dry_run:
        if not given.once:
            raise ConfigurationError("run: --dry-run goes with --once: write `mailbot run --once --dry-run`")
        from mailbot.cli.dry_run import dry_run

        return dry_run(settings)
    if settings.templates_dir.is_dir():
        # Imported here: it takes a tenth of a start, and most installations have no templates of their own.
        from mailbot.notifications.templating import compile_own

        compile_own(settings)  # one that is wrong would shelve every mail that needs it
    logging.getLogger("mailbot").setLevel(logging.INFO)
    if both := both_installed():  # it works until somebody uninstalls one of them: no reason to stop
        logging.getLogger(__name__).warning("%s", both)
    return _once(settings, timings=given.timings) if given.once else _serve(settings)


@contextmanager
def _importing() -> Iterator[None]:
    """Imports without the garbage collector, which takes a fifteenth of a start and finds nothing, and has it
    look there never again: what is imported stays until the end, where looking takes a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Says of a second mailbot at the same ledger that it is one."""
    from mailbot.storage.lease import AlreadyRunning

    try:
        yield
    except AlreadyRunning as error:
        raise ConfigurationError(f"{settings.state_dir}: {error}") from None


def _serve(settings: Settings) -> int:
    with _importing():
        from mailbot.service.daemon import serve

    with _alone(settings):
        serve(settings)
    return 0


def _once(settings: Settings, *, timings: bool) -> int:
    with _importing():
        from mailbot.service.clock import now
        from mailbot.service.leased_run import leased_run
        from mailbot.service.timings import recording
        from mailbot.service.worker import Worker

    with _alone(settings), leased_run(settings) as held:
        if held is None:
            return 0
        with recording() if timings else nullcontext() as recorded:
            with Worker(held.settings, held.store, now, held.ends, share=held.lease.share) as worker:
                made = worker.cycle(immediate=True)
                if held.stop.is_set():
                    worker.write_owed()
            if recorded is not None:
                say(recorded.report(worker.read_in_children))
        if made.events_changed:
            changed = load(settings.file)
            with Worker(changed, held.store, now, held.ends, share=held.lease.share) as worker:
                made = worker.cycle(immediate=True)
    if made.misconfigured:
        raise ConfigurationError(made.misconfigured)
    for what, text in made.errors.items():
        logging.getLogger(__name__).error("%s: %s", what, text)
    return 1 if made.errors or made.put_off else 0
