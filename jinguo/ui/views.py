"""Three preferences of a browser (language, theme, size of type) and the component gallery. No data of the house is touched."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jinguo.ui.specimens import specimens

YEAR = 365 * 24 * 3600


def _way_back(request: HttpRequest) -> str:
    for target in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if target and url_has_allowed_host_and_scheme(
            target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return target
    return "/"


def _remember(request: HttpRequest, name: str, value: str | None) -> HttpResponse:
    """Set the cookie, clear it for an empty value, leave it alone for None; then back to the page."""
    response = HttpResponseRedirect(_way_back(request), status=303)
    # A forged click could change how a page looks, no more; still, another site has no say in it.
    if value is None or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return response
    if value:
        response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        response.delete_cookie(name, samesite="Lax")
    return response


# Exempt from the token: the switch stands on public pages that are cached for everybody and must not carry one.
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language of this browser and go back to where she was."""
    code = request.POST.get("language", "")
    known = code in dict(settings.LANGUAGES) and check_for_language(code)
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, code if known else None)


@csrf_exempt
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark; an empty value means: as the system says."""
    code = request.POST.get("theme", "")
    return _remember(request, "theme", code if code in ("", "light", "dark") else None)


@csrf_exempt
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Remember large type (大字); an empty value means the usual size."""
    code = request.POST.get("type", "")
    return _remember(request, "type", code if code in ("", "large") else None)


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in both themes, for developers and for the axe check."""
    return render(request, "ui/gallery.html", specimens())
