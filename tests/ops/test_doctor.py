"""The doctor says what is wrong, also when the database itself is away; it never falls over."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.test import Client

from jinguo.federation.actions.posts import appoint
from jinguo.federation.models import User
from jinguo.federation.models.user import Role
from jinguo.journal.actions import System
from jinguo.journal.heads import head_file
from jinguo.ops.doctor import FAULT, examine


def doctor(environment, **more):
    words = [sys.executable, "-m", "jinguo", "doctor"]
    return subprocess.run(words, env={**environment, **more}, capture_output=True, text=True, timeout=120)


@pytest.mark.django_db(transaction=True)
def test_a_house_in_order_has_no_fault(cast):
    head_file().unlink(missing_ok=True)  # those of other tests' journals, which were emptied since
    assert [finding for finding in examine() if finding.grade == FAULT] == []


def test_a_database_that_is_away_is_a_finding(tmp_path):
    pytest.importorskip("psycopg")
    away = f"postgres://jinguo@/jinguo?host={tmp_path}"
    said = doctor(os.environ, JINGUO_DATA=str(tmp_path / "data"), JINGUO_DATABASE=away)
    assert said.returncode == 1 and "Traceback" not in said.stderr, said.stderr
    assert said.stdout.count("the database does not answer") == 1
    assert "MiB free" in said.stdout, "what needs no database is looked at still"


def test_a_database_without_tables_is_a_finding(tmp_path):
    said = doctor(os.environ, JINGUO_DATA=str(tmp_path), JINGUO_DATABASE=f"sqlite:{tmp_path}/new.sqlite3")
    assert said.returncode == 1 and "Traceback" not in said.stderr, said.stderr
    assert "run `jinguo migrate`" in said.stdout and "does not answer" not in said.stdout


@pytest.mark.django_db
def test_a_fault_is_an_exit_code_for_scripts(cast, settings, tmp_path):
    settings.URL, settings.HTTPS = "https://jinguo.example.org", False
    with pytest.raises(SystemExit) as end:
        call_command("doctor")
    assert end.value.code == 1


@pytest.mark.django_db
def test_the_machines_counts_are_for_the_top_of_the_tree_only(cast):
    appoint(cast.users["sister"], cast.units["c.b"], Role.SYSTEM_ADMIN, by=System("test"))
    seen = {}
    for who in (Role.SYSTEM_ADMIN, Role.AUDITOR, "sister"):
        client = Client()
        client.force_login(User.objects.get(pk=cast.users[who].pk))
        seen[who] = client.get("/desk/system/")
    assert [answer.status_code for answer in seen.values()] == [200, 200, 403]
    assert "最上级单位的管理员" in seen["sister"].content.decode()
