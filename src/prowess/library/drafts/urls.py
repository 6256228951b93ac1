"""Addresses of drafts, histories and editions; none ends in a slash, so that none can be a competency's code."""

from django.urls import path

from prowess.library.drafts import history_views, review_views, views

urlpatterns = [
    path("drafts/<uuid:pk>", views.draft, name="draft"),
    path("drafts/<uuid:pk>/save", views.save, name="save_draft"),
    path("drafts/<uuid:pk>/checks", views.checks, name="draft_checks"),
    path("drafts/<uuid:pk>/presence", views.presence, name="draft_presence"),
    path("drafts/<uuid:pk>/discard", views.discard, name="discard_library_draft"),
    path("drafts/<uuid:pk>/review", review_views.review_page, name="draft_review"),
    path("drafts/<uuid:pk>/submit", review_views.submit, name="submit_draft"),
    path("drafts/<uuid:pk>/approve", review_views.approve, name="approve_draft"),
    path("drafts/<uuid:pk>/send-back", review_views.send_back, name="send_back_draft"),
    path("drafts/<uuid:pk>/take-back", review_views.take_back, name="take_back_draft"),
    path("drafts/<uuid:pk>/comment", review_views.comment, name="comment_on_draft"),
    path("drafts/<uuid:pk>/comments/<int:comment>/settle", review_views.settle, name="settle_comment"),
    path("drafts/<uuid:pk>/publish", review_views.publish, name="publish_draft"),
    path("<slug:code>/drafts", views.drafts, name="drafts"),
    path("<slug:code>/new", views.new_competency, name="new_competency"),
    path("<slug:code>/rules", history_views.rules, name="framework_rules"),
    path("<slug:code>/editions", history_views.editions, name="editions"),
    path("<slug:code>/editions/<int:pk>", history_views.edition, name="edition"),
    path("<slug:code>/editions/<int:pk>.yaml", history_views.edition_download, name="edition_download"),
    path("<slug:framework>/<path:code>/edit", views.edit_competency, name="edit_competency"),
    path("<slug:framework>/<path:code>/history", history_views.history, name="competency_history"),
    path("<slug:framework>/<path:code>/versions/<int:number>", history_views.version, name="competency_version"),
    path("<slug:framework>/<path:code>/retire", review_views.retire, name="retire_competency"),
]
