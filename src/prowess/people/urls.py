"""Addresses for signing in and out: allauth's, less what this organisation does not offer."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

urlpatterns = [
    path("sign-in/", login_not_required(views.login), name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("sign-up/", login_not_required(views.signup), name="account_signup"),
    path("password/", views.password_change, name="account_change_password"),
    path("password/forgotten/", login_not_required(views.password_reset), name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        login_not_required(views.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        login_not_required(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        login_not_required(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("inactive/", login_not_required(views.account_inactive), name="account_inactive"),
]
