"""`jinguo restore FOLDER`: put a backup into an empty installation."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from jinguo.ops.backup import BackupFault
from jinguo.ops.restore import restore_backup


class Command(BaseCommand):
    help = "Restore a backup into an empty data folder, after proving that it is whole and the keys fit."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *args, **options):
        try:
            counts = restore_backup(options["folder"].resolve())
        except BackupFault as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{sum(counts.values())} rows restored; now run `jinguo doctor --every-file` / 恢复完成")
