"""The WSGI entry of the house."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from jinguo.lib import crypto

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinguo.config.settings")
# Python hands the interpreter on after 5 ms; whoever holds a database lock must not wait that long at each statement.
sys.setswitchinterval(0.0005)
application = get_wsgi_application()
# The house itself is never garbage: to walk its 300,000 objects once in thirty pages cost that page a tenth of a second.
resolve("/")  # reads every address and the views behind it
gc.collect()
gc.freeze()
try:
    crypto.ring()
except crypto.KeyMissing as error:
    sys.exit(f"{error}. Run `jinguo doctor`. / 找不到密钥文件，网站没有启动。请先恢复密钥文件。")
