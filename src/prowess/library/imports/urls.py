"""Addresses of imports; none ends in a slash, so that none can be a framework's."""

from django.urls import path

from prowess.library.imports import comparison_views, framework_views, line_views, views

urlpatterns = [
    path("import", views.imports, name="imports"),
    path("import/<uuid:pk>", views.show, name="import"),
    path("import/<uuid:pk>/progress", views.progress, name="import_progress"),
    path("import/<uuid:pk>/again", views.again, name="import_again"),
    path("import/<uuid:pk>/throw-away", views.throw_away, name="throw_import_away"),
    path("import/<uuid:pk>/lines", line_views.lines, name="import_lines"),
    path("import/<uuid:pk>/correct", line_views.correct, name="correct_import"),
    path("import/<uuid:pk>/competencies", framework_views.competencies, name="import_competencies"),
    path("import/<uuid:pk>/competency/<path:code>", framework_views.competency, name="import_competency"),
    path("import/<uuid:pk>/code", framework_views.code, name="import_code"),
    path("import/<uuid:pk>/comparison", comparison_views.comparison, name="import_comparison"),
    path("import/<uuid:pk>/target", comparison_views.target, name="import_target"),
    path("import/<uuid:pk>/leave-out", comparison_views.leave_out, name="import_leave_out"),
    path("import/<uuid:pk>/retire", comparison_views.retire, name="import_retire"),
    path("import/<uuid:pk>/take", comparison_views.take, name="take_import"),
]
