"""Addresses for signing in and out: allauth's, less what this organisation does not offer, and the rules."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path

from prowess.sign_in import views as own

urlpatterns = [
    path("sign-in/", login_not_required(views.login), name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("sign-up/", login_not_required(views.signup), name="account_signup"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", views.password_change, name="account_change_password"),
    path("password/first/", views.password_set, name="account_set_password"),
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
    path("second-factor/", include("allauth.mfa.urls")),
    path("sessions/", own.own_sessions, name="own_sessions"),
    path("rules/", own.sign_in_rules, name="sign_in_rules"),
    path("rules/providers/new/<str:protocol>/", own.provider, name="new_provider"),
    path("rules/providers/<int:pk>/", own.provider, name="provider"),
    path("rules/providers/<int:pk>/remove/", own.remove_provider, name="remove_provider"),
    path("with/<int:pk>/", own.begin_single_sign_on, name="begin_single_sign_on"),
    path("with/cancelled/", own.cancelled, name="socialaccount_login_cancelled"),
    path("with/failed/", own.cancelled, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("", include("allauth.socialaccount.providers.saml.urls")),
]
