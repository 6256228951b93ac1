"""Addresses of interview guides."""

from django.urls import path

from prowess.hiring import views

urlpatterns = [
    path("roles/<uuid:pk>/profile/<int:number>/guide/", views.guide, name="interview_guide"),
    path(
        "roles/<uuid:pk>/profile/<int:number>/guide/<str:file_format>", views.download, name="download_interview_guide"
    ),
]
