"""`jinguo demo load | signins`: the demonstration city."""

import csv

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from jinguo.activities.models import HostDoor
from jinguo.federation.models import Unit
from jinguo.ops.demo.loader import load_city, signins_file
from jinguo.ops.demo.notice import notice_files


class Command(BaseCommand):
    help = "Load the demonstration city, or print one sign-in per role."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["load", "signins"])
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are units already")

    def handle(self, *args, **options):
        if options["what"] == "signins":
            self.print_signins()
        elif Unit.objects.exists():
            if not options["if_empty"]:
                raise CommandError(
                    "There are units already; the demonstration loads only into an empty database. / 库里已有单位。"
                )
        else:
            load_city(self.stdout.write)
            self.print_notice()

    def print_signins(self):
        path = signins_file()
        if not path.exists():
            self.stdout.write("没有示范账号 / this data folder holds no demonstration accounts")
            return
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self.stdout.write(f"  {row['role']}（{row['unit']}）  {row['username']}  {row['password']}")
        self.print_host()
        self.print_notice()

    def print_host(self):
        """The page of a village, by its link: no account."""
        for door in HostDoor.objects.filter(closed_at=None).select_related("unit").order_by("pk")[:1]:
            address = settings.URL.rstrip("/") + reverse("activities:own_host_start", kwargs={"link": door.secret})
            self.stdout.write(
                f"  村里主持人，不用账号 / a village's host, no account（{door.unit.short_name}）  {address}"
            )

    def print_notice(self):
        paper, text = notice_files()
        if paper.exists():
            self.stdout.write(f"可以放进去的通知（二选一）/ a notice to drop in, one of the two:\n  {paper}\n  {text}")
