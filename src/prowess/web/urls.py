"""The root addresses."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from prowess.operations.metrics import read_metrics
from prowess.web import views

urlpatterns = [
    path("", views.start, name="start"),
    path("metrics", login_not_required(read_metrics), name="metrics"),
    path("healthz", views.healthy, name="healthy"),
    path("account/", include("prowess.sign_in.urls")),
    path("audit/", include("prowess.audit.urls")),
    path("library/", include("prowess.library.urls")),
    path("roles/", include("prowess.roles.urls")),
    path("", include("prowess.hiring.urls")),
]
handler400 = "prowess.web.views.bad_request"
handler403 = "prowess.web.views.forbidden"
handler404 = "prowess.web.views.not_found"
handler500 = "prowess.web.views.broken"
