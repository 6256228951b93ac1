"""Addresses of the audit trail."""

from django.urls import path

from prowess.audit import views

urlpatterns = [
    path("", views.audit_trail, name="audit_trail"),
    path("export.csv", views.export_audit_trail, name="export_audit_trail"),
    path("verify/", views.verify_audit_trail, name="verify_audit_trail"),
]
