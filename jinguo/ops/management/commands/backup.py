"""`jinguo backup FOLDER [--keys FOLDER]`: database and files in one place, keys in another."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jinguo.ops.backup import BackupFault, make_backup


class Command(BaseCommand):
    help = "Copy database and files, consistently; the keys only where --keys says, never beside them."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keys", type=Path, help="another folder (another disk) for a copy of the key ring")

    def handle(self, *args, **options):
        target, keys = options["folder"].resolve(), options["keys"]
        if keys and keys.resolve().is_relative_to(target):
            raise CommandError("Keep the keys apart from the backup. / 密钥不能和备份放在一起，请换一个位置。")
        try:
            copied = make_backup(target)
        except BackupFault as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{copied.folder}: {copied.rows} rows, {copied.files} files / 备份好了")
        if copied.missing:
            self.stdout.write(f"files without bytes / 缺内容的文件：{', '.join(copied.missing)}")
        if keys:
            keys.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copy2(settings.KEYRING, keys / settings.KEYRING.name)
            self.stdout.write(f"keys / 密钥：{keys / settings.KEYRING.name}")
        else:
            self.stdout.write(
                f"The keys are not in it; keep a copy of {settings.KEYRING} elsewhere. / 备份里没有密钥，请另存一份。"
            )
