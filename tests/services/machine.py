"""Which programs of this machine the tests can use: Chromium, PostgreSQL's server, LibreOffice, pdftoppm.

Standard library only: run.py asks here before anything is installed. What is missing may be skipped in a developer's own
run, with a clear word; with CI=true it fails (`missing_is_failure`). No fixture lives here.
"""

import glob
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """One program outside Python that some tests need."""

    name: str
    serves: str
    package: str  # Debian's name for it
    path: str  # "" when it is missing

    def sentence(self) -> str:
        """What to tell the person: where it is, or what is not tested without it and how to get it."""
        if self.path:
            return f"{self.name}: {self.path}"
        return f"{self.name} is missing: {self.serves}. On Debian: apt-get install {self.package}"


def missing_is_failure() -> bool:
    """In CI a missing part fails; only a developer's own run may skip it."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def first_program(*names: str) -> str:
    """The first of these programs that is on PATH, or ""."""
    return next((found for name in names if (found := shutil.which(name))), "")


def path_without(*names: str) -> str:
    """PATH without the folders these programs lie in: a machine on which they are not installed."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(f for f in folders if not any((Path(f) / name).exists() for name in names))


def find_chromium() -> str:
    """JINGUO_CHROMIUM, else an installed Chromium or Chrome, else one that Playwright installed, else ""."""
    named = os.environ.get("JINGUO_CHROMIUM", "")
    if named and os.access(named, os.X_OK):
        return named
    found = first_program("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return found or find_playwright_chromium()


def find_playwright_chromium() -> str:
    """The newest Chromium that Playwright installed for this user, or ""."""
    caches = [
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH", ""),
        "~/.cache/ms-playwright",
        "~/Library/Caches/ms-playwright",
    ]
    places = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium")
    found: list[str] = []
    for cache in filter(None, caches):
        for place in places:
            found += glob.glob(str(Path(cache).expanduser() / place))
    return max(found, key=os.path.getmtime, default="")


def find_postgres() -> str:
    """The folder of the newest PostgreSQL server programs (initdb, postgres), or ""."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]), reverse=True)
    folders += [str(Path(path).parent) for path in [shutil.which("initdb")] if path]
    return next((folder for folder in folders if os.access(f"{folder}/initdb", os.X_OK)), "")


def survey() -> list[Part]:
    """Every part, found or not."""
    return [
        Part("Chromium", "the pages are not walked in a real browser", "chromium", find_chromium()),
        Part("PostgreSQL server", "nothing runs on PostgreSQL", "postgresql", find_postgres()),
        Part(
            "LibreOffice",
            "papers are not opened by a second program",
            "libreoffice-writer-nogui",
            first_program("soffice", "libreoffice"),
        ),
        Part("pdftoppm", "rendered papers are not looked at", "poppler-utils", first_program("pdftoppm")),
    ]


def obtain_chromium(python: str) -> str:
    """Install Chromium by the package manager when allowed (root and apt-get), else by Playwright (of `python`). Says which."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("· Chromium is missing: installing it with apt-get …", flush=True)
        apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=600"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run([*apt, *words], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        if found := find_chromium():
            return found
    print("· Chromium is missing: asking Playwright to install its own …", flush=True)
    words = [python, "-m", "playwright", "install", "chromium"]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        print("· Playwright could not: its browser could not be downloaded", flush=True)
    return find_chromium()
