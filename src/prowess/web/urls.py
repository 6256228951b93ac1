"""The root addresses."""

from django.urls import include, path

from prowess.web import views

urlpatterns = [
    path("", views.start, name="start"),
    path("healthz", views.healthy, name="healthy"),
    path("account/", include("prowess.people.urls")),
    path("library/", include("prowess.library.urls")),
    path("roles/", include("prowess.roles.urls")),
    path("", include("prowess.hiring.urls")),
]
handler400 = "prowess.web.views.bad_request"
handler403 = "prowess.web.views.forbidden"
handler404 = "prowess.web.views.not_found"
handler500 = "prowess.web.views.broken"
