"""The addresses of this room."""

from django.urls import include, path

from jinguo.federation.gate import door
from jinguo.federation.policy import VISITOR
from jinguo.federation.views import account, office, sign_in, users

app_name = "federation"
anybody = door("account.view", to=VISITOR)
own = door("account.edit")

urlpatterns = [
    path("sign-in/", anybody(sign_in.sign_in), name="sign_in"),
    path("sign-in/code/", anybody(sign_in.code), name="code"),
    path("sign-out/", anybody(sign_in.sign_out), name="sign_out"),
    path("desk/account/", own(account.account), name="account"),
    path("desk/account/second-factor/", own(account.second_factor), name="second_factor"),
    path("desk/account/second-factor/off/", own(account.second_factor_off), name="second_factor_off"),
    path("desk/account/end-sessions/", own(account.end_sessions), name="end_sessions"),
    path("desk/units/", include("jinguo.federation.unit_urls")),
    path("desk/office/", door("office.view")(office.office), name="office"),
    path("desk/users/", door("user.list")(users.user_list), name="users"),
    path("desk/users/new/", door("user.create")(users.user_new), name="user_new"),
    path("desk/users/<str:user>/switch/", door("user.edit")(users.user_switch), name="user_switch"),
    path("desk/users/<str:user>/password/", door("user.edit")(users.user_password), name="user_password"),
    path("desk/users/<str:user>/posts/new/", door("post.assign")(users.post_new), name="post_new"),
    path(
        "desk/users/<str:user>/posts/<str:post>/hand-over/",
        door("post.assign")(users.post_hand_over),
        name="post_hand_over",
    ),
    path("desk/users/<str:user>/posts/<str:post>/end/", door("post.assign")(users.post_end), name="post_end"),
]
