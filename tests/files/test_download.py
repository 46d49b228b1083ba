"""A stored file reaches only those who may see its unit's files, and only as something to save."""

import pytest
from django.test import Client

from jinguo.files.actions import destroy_file, store_file
from tests.world import BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    """A page of the education bureau's that would like to run."""
    return store_file(
        b"<script>alert(1)</script>", unit=cast.units["c.edu"], name='通知"\r\n.html', media_type="text/html", by=BY
    )


def get(cast, who, row):
    client = Client()
    client.force_login(cast.users[who])
    return client.get(f"/desk/files/{row.code}/")


def test_it_is_handed_over_to_be_saved_never_to_run(cast, row):
    answer = get(cast, "liaison", row)
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("liaison", 200),
        ("sister", 404),
        ("county_officer", 404),
        ("d.officer", 404),
        ("auditor", 403),
    ],
)
def test_it_is_there_only_for_those_above_and_its_own(cast, row, who, status):
    assert get(cast, who, row).status_code == status


def test_a_stranger_is_asked_to_sign_in(client, row):
    assert client.get(f"/desk/files/{row.code}/").status_code == 302


def test_a_destroyed_file_is_not_there(cast, row):
    destroy_file(row, reason="期满", by=BY)
    assert get(cast, "liaison", row).status_code == 404


def test_lost_bytes_are_said_not_broken(cast, row, settings):
    (settings.FILES / row.place).unlink()
    answer = get(cast, "liaison", row)
    assert answer.status_code == 404
    assert "找不到了" in answer.content.decode()
