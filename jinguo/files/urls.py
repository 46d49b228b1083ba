"""The addresses of this room."""

from django.urls import path

from jinguo.federation.gate import door
from jinguo.federation.policy import UNIT_LINK
from jinguo.files.views import download

app_name = "files"
urlpatterns = [
    path("desk/files/<str:file>/", door("file.view")(download), name="download"),
    path("l/<str:link>/files/<str:file>/", door("file.view", to=UNIT_LINK)(download), name="link_download"),
]
