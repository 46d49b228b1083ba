"""`jinguo rotate-keys [--resume]`: a new key, and everything sealed again with it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jinguo.lib import crypto
from jinguo.ops.actions import rotate_keys


class Command(BaseCommand):
    help = "Add a key to the ring and seal everything again with it; the pages may stay open meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("--resume", action="store_true", help="add no key, finish a run that was broken off")

    def handle(self, *args, **options):
        try:
            done = rotate_keys(new_key=not options["resume"])
        except (crypto.KeyMissing, OSError) as error:
            raise CommandError(f"{error} / 密钥文件不可用") from error
        self.stdout.write(f"key {done.key}: {done.values} values sealed again / 已用新密钥重新加密 {done.values} 处")
        self.stdout.write(f"Copy {settings.KEYRING} to its safe place now. / 请马上把密钥文件另存一份。")
        if done.unopened:
            raise CommandError(
                f"{len(done.unopened)} values do not open and were left as they are: {', '.join(done.unopened[:5])}. "
                "Restore the key ring that sealed them, then --resume. / 有内容打不开，请找回当时的密钥文件"
            )
