"""The demonstration's mailbox: for anybody in the demonstration, nowhere else."""

import pytest

from jinguo.ops.demo.loader import signins_file

pytestmark = pytest.mark.django_db
LETTER = b"To: edu@example.org\nSubject: A notice\nDate: Fri, 8 Mar 2024 09:00:00 +0800\n\nYour link is in here.\n"


@pytest.fixture
def letters(settings, tmp_path):
    """A data folder with one letter in it, as a training installation without the demonstration has it."""
    settings.DATA, settings.MAIL = tmp_path, "folder"
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "1.eml").write_bytes(LETTER)


def load_demonstration():
    signins_file().parent.mkdir()
    signins_file().write_text("username,password,role,unit\n")


def test_the_demonstration_shows_its_letters(letters, client):
    load_demonstration()
    assert "Your link is in here." in client.get("/demo/mailbox/").content.decode()


def test_letters_of_another_installation_are_shown_to_nobody(letters, client):
    assert client.get("/demo/mailbox/").status_code == 404


def test_where_mail_is_really_sent_there_is_no_mailbox(letters, client, settings):
    load_demonstration()
    settings.MAIL = "smtp"
    assert client.get("/demo/mailbox/").status_code == 404
