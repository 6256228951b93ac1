"""Addresses of the library.

A competency's address ends in a slash, what is done with a framework or a competency does not: codes are free text
and may hold slashes themselves.
"""

from django.urls import include, path

from prowess.library import export_views, views

urlpatterns = [
    path("", views.library, name="library"),
    path("", include("prowess.library.imports.urls")),
    path("", include("prowess.library.drafts.urls")),
    path("<slug:code>/", views.framework, name="framework"),
    path("<slug:code>/search", views.search, name="library_search"),
    path("<slug:code>/framework.yaml", views.download, name="framework_download"),
    path("<slug:code>/download", export_views.downloads, name="framework_downloads"),
    path("<slug:code>/download/<slug:name>.file", export_views.export_file, name="framework_export"),
    path("<slug:framework>/<path:code>/", views.competency, name="competency"),
    path("<slug:framework>/<path:code>/pdf", views.competency_pdf, name="competency_pdf"),
    path("<slug:framework>/<path:code>/word", views.competency_word, name="competency_word"),
]
