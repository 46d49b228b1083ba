"""`jinguo doctor`: is this installation well?"""

from django.core.management.base import BaseCommand

from jinguo.ops.doctor import FAULT, NOTE, examine


class Command(BaseCommand):
    help = "Check keys, journal, files, database and worker; exit 1 when something is broken."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--every-file", action="store_true", help="read each stored file and compare its hash")

    def handle(self, *args, **options):
        findings = examine(every_file=options["every_file"])
        marks = {FAULT: self.style.ERROR("✗"), NOTE: self.style.WARNING("·")}
        for finding in findings:
            self.stdout.write(f"{marks.get(finding.grade, self.style.SUCCESS('✓'))} {finding.sentence}")
        if any(finding.grade == FAULT for finding in findings):
            raise SystemExit(1)
