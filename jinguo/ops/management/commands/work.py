"""`jinguo work`: send what waits to be sent, seal the journal, forget what must be forgotten."""

from django.core.management.base import BaseCommand

from jinguo.ops.worker import run, stop_on_signals


class Command(BaseCommand):
    help = "Run the worker until stopped; --once works off what is due and ends."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="end when nothing is due")

    def handle(self, *args, **options):
        run(stop_on_signals(), once=options["once"])
