"""Every address of the house. Each room names its own paths in full; this file only lists the rooms."""

from django.urls import include, path

from jinguo.config import errors
from jinguo.federation.gate import door
from jinguo.federation.policy import VISITOR
from jinguo.ui import views as ui

anybody = door("portal.view", to=VISITOR)

preferences = [
    path("language/", anybody(ui.language), name="language"),
    path("theme/", anybody(ui.theme), name="theme"),
    path("type/", anybody(ui.type_size), name="type"),
    path("gallery/", anybody(ui.gallery), name="gallery"),
]

urlpatterns = [
    path("", include("jinguo.portal.urls")),
    path("", include("jinguo.activities.urls")),
    path("", include("jinguo.stations.urls")),
    path("", include("jinguo.federation.urls")),
    path("", include("jinguo.files.urls")),
    path("", include("jinguo.messages.urls")),
    path("", include("jinguo.notices.urls")),
    path("", include("jinguo.campaigns.urls")),
    path("", include("jinguo.reports.urls")),
    path("", include("jinguo.mails.urls")),
    path("", include("jinguo.workspace.urls")),
    path("", include("jinguo.ops.urls")),
    path("", include((preferences, "ui"))),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
