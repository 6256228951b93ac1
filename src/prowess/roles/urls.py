"""Addresses of roles and their profiles."""

from django.urls import path

from prowess.roles import views
from prowess.roles.draft import views as draft

urlpatterns = [
    path("", views.roles, name="roles"),
    path("new/", views.new_role, name="new_role"),
    path("compare/", views.compare, name="compare_roles"),
    path("using/<slug:framework>/<path:code>/", views.roles_using, name="roles_using"),
    path("<uuid:pk>/", views.role, name="role"),
    path("<uuid:pk>/profile/<int:number>/", views.profile, name="role_profile"),
    path("<uuid:pk>/profile/<int:number>/<str:file_format>", views.download, name="download_profile"),
    path("<uuid:pk>/draft/", draft.edit, name="edit_profile"),
    path("<uuid:pk>/draft/start/", draft.start, name="start_draft"),
    path("<uuid:pk>/draft/candidates/", draft.candidates, name="profile_candidates"),
    path("<uuid:pk>/draft/save/", draft.save, name="save_profile"),
    path("<uuid:pk>/draft/discard/", draft.discard, name="discard_draft"),
    path("<uuid:pk>/draft/<str:verb>/", draft.change, name="change_profile"),
]
