"""Pictures: shrunk, turned upright, without their place; nine at most; bombs and others' files refused with a sentence."""

import io

import pytest
from PIL import Image

from jinguo.activities.actions.photos import add_photo, remove_photo
from jinguo.activities.models import Photo
from jinguo.federation.gate import Visitor
from jinguo.files.actions import read_file
from jinguo.files.models import StoredFile
from jinguo.lib import limits
from jinguo.lib.errors import Invalid, Refused
from jinguo.lib.pictures import prepare_picture
from tests.activities.pictures import jpeg, png_bomb
from tests.activities.stage import as_host, published

pytestmark = pytest.mark.django_db


def test_a_picture_is_kept_small_upright_and_without_its_place(cast):
    activity = published(cast)
    sent = jpeg(2400, 1800, orientation=6, place=True)
    assert b"SecretCamera" in sent and b"SecretComment" in sent
    photo = add_photo(activity, data=sent, consent=True, by=as_host(cast, activity.unit))
    large, small = read_file(photo.file), read_file(photo.small)
    image = Image.open(io.BytesIO(large))
    assert image.size == (1200, limits.PICTURE_SIDE) == (photo.width, photo.height), (
        "turned on its side by orientation 6"
    )
    top, bottom = image.getpixel((600, 100)), image.getpixel((600, 1500))
    assert sum(top) < sum(bottom), "the dark left half came to the top"
    assert dict(image.getexif()) == {} and b"Secret" not in large + small
    assert max(Image.open(io.BytesIO(small)).size) == 480
    assert photo.taken_at.isoformat() == "2024-03-08T09:30:00+08:00"


def test_only_agreed_pictures_of_public_activities_are_public(cast):
    shown, inside = published(cast), published(cast, visibility="internal")
    by = as_host(cast, shown.unit)
    photos = [
        add_photo(activity, data=jpeg(colour=colour), consent=consent, by=by)
        for activity, colour, consent in ((shown, "red", True), (shown, "blue", False), (inside, "red", True))
    ]
    assert [photo.file.secrecy for photo in photos] == ["public", "internal", "internal"]
    assert list(Photo.objects.visible_to(Visitor())) == photos[:1]
    assert set(Photo.objects.visible_to(cast.users["liaison"])) == set(photos)
    assert set(Photo.objects.visible_to(cast.users["sister"])) == set()


def test_the_same_picture_twice_is_kept_once(cast):
    activity = published(cast)
    by = as_host(cast, activity.unit)
    first, again = (add_photo(activity, data=jpeg(), consent=True, by=by) for _press in range(2))
    assert first.pk == again.pk and StoredFile.objects.count() == 2


def test_nine_and_no_more_until_one_is_taken_away(cast, django_capture_on_commit_callbacks):
    activity = published(cast)
    by = as_host(cast, activity.unit)
    photos = [add_photo(activity, data=jpeg(64 + n, 64), consent=False, by=by) for n in range(9)]
    with pytest.raises(Refused) as refusal:
        add_photo(activity, data=jpeg(99, 99), consent=False, by=by)
    assert "九张" in str(refusal.value.sentence)
    with django_capture_on_commit_callbacks(execute=True):
        assert (remove_photo(photos[3], by=by), remove_photo(photos[3], by=by)) == (True, False)
    with pytest.raises(FileNotFoundError):
        read_file(photos[3].file)
    assert add_photo(activity, data=jpeg(99, 99), consent=False, by=by).place == 4


def test_kinds_that_would_shame_someone_keep_no_pictures(cast):
    for kind in ("rights", "mixer"):
        activity = published(cast, kind=kind)
        with pytest.raises(Refused):
            add_photo(activity, data=jpeg(), consent=True, by=as_host(cast, activity.unit))


def test_only_the_host_adds_pictures(cast):
    activity = published(cast)
    for role in ("officer", "sister", "leader"):
        with pytest.raises(Refused):
            add_photo(activity, data=jpeg(), consent=True, by=cast.users[role])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b"PK\x03\x04 not a picture at all", "不是能用的照片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "不是能用的照片"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 64, "HEIC"),
        (png_bomb(), "像素太多"),
        (png_bomb(7_000), "像素太多"),
        (png_bomb(100), "打不开"),
        (jpeg()[:900], "打不开"),
        (b"\xff\xd8\xff" + b"\0" * limits.UPLOAD_BYTES, "20 MB"),
    ],
    ids=["empty", "zip", "svg", "heic", "900MP", "49MP", "short png", "cut jpeg", "too many bytes"],
)
def test_what_is_no_picture_gets_a_sentence(data, said):
    with pytest.raises(Invalid) as refusal:
        prepare_picture(data)
    assert said in str(refusal.value.sentence)


def test_see_through_and_four_colour_pictures_come_out_plain():
    for mode, colour in (("RGBA", (0, 0, 0, 0)), ("LA", (0, 0)), ("P", 0), ("CMYK", (0, 0, 0, 0)), ("I;16", 65535)):
        out = io.BytesIO()
        Image.new(mode, (40, 30), colour).save(out, "JPEG" if mode == "CMYK" else "PNG")
        picture = prepare_picture(out.getvalue())
        assert Image.open(io.BytesIO(picture.large)).mode == "RGB"
        if mode in ("RGBA", "LA", "CMYK"):
            assert min(Image.open(io.BytesIO(picture.large)).getpixel((5, 5))) > 250, "see-through becomes paper"
