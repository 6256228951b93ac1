"""Addresses of the library.

A competency's address ends in a slash, what is done with a framework or a competency does not: codes are free text
and may hold slashes themselves.
"""

from django.urls import include, path

from prowess.library import views

urlpatterns = [
    path("", views.library, name="library"),
    path("add", views.add_framework, name="add_framework"),
    path("", include("prowess.library.drafts.urls")),
    path("<slug:code>/", views.framework, name="framework"),
    path("<slug:code>/search", views.search, name="library_search"),
    path("<slug:code>/framework.yaml", views.download, name="framework_download"),
    path("<slug:framework>/<path:code>/", views.competency, name="competency"),
    path("<slug:framework>/<path:code>/pdf", views.competency_pdf, name="competency_pdf"),
    path("<slug:framework>/<path:code>/word", views.competency_word, name="competency_word"),
]
