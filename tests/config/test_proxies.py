"""Behind a proxy of ours each visitor has her own address; a stranger's claim to forward counts for nothing."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from jinguo.config.proxies import Proxies


def seen(settings, proxies, remote, forwarded="", proto=""):
    """The address and the scheme that the house sees."""
    settings.PROXIES = proxies
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxies else None
    meta = {"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded, "HTTP_X_FORWARDED_PROTO": proto}
    found = []

    def answer(request):
        found.append((request.META["REMOTE_ADDR"], request.is_secure()))
        return HttpResponse()

    Proxies(answer)(RequestFactory().get("/", **{name: value for name, value in meta.items() if value}))
    return found[0]


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        ([], "192.0.2.9", "198.51.100.1", "192.0.2.9"),
        (["127.0.0.1"], "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.7, 198.51.100.1", "198.51.100.1"),
        (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "203.0.113.7, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        (["127.0.0.1"], "192.0.2.9", "198.51.100.1", "192.0.2.9"),
        (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "not an address", "127.0.0.1"),
        (["::1"], "::1", "2001:db8::5", "2001:db8::5"),
    ],
)
def test_the_visitors_address(settings, proxies, remote, forwarded, address):
    assert seen(settings, proxies, remote, forwarded)[0] == address


def test_https_is_believed_from_our_proxy_only(settings):
    assert seen(settings, ["127.0.0.1"], "127.0.0.1", proto="https")[1] is True
    assert seen(settings, ["127.0.0.1"], "192.0.2.9", proto="https")[1] is False
    assert seen(settings, [], "127.0.0.1", proto="https")[1] is False
