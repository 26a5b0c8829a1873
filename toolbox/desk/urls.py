"""The editors' own pages."""

from django.urls import path

from toolbox.desk import content_views, rate_views, views

app_name = "desk"
urlpatterns = [
    path("redaksjon/", views.front, name="front"),
    path("redaksjon/meldinger/<int:pk>/", views.report, name="report"),
    path("redaksjon/forsiden/", content_views.items, name="items"),
    path("redaksjon/forsiden/ny/", content_views.new_item, name="new_item"),
    path("redaksjon/forsiden/<int:pk>/", content_views.item, name="item"),
    path("redaksjon/forsiden/<int:pk>/rediger/", content_views.edit, name="edit_item"),
    path("redaksjon/forsiden/<int:pk>/gjor/", content_views.act, name="act_on_item"),
    path("redaksjon/innhold/<slug:word>/", content_views.seeded, name="seeded"),
    path("redaksjon/innhold/<slug:word>/<slug:slug>/", content_views.seeded_page, name="seeded_page"),
    path("redaksjon/innhold/<slug:word>/<slug:slug>/rediger/", content_views.edit_seeded, name="edit_seeded"),
    path(
        "redaksjon/innhold/<slug:word>/<slug:slug>/gjor/", content_views.act_on_seeded, name="act_on_seeded"
    ),
    path("redaksjon/lenker/", views.link_list, name="links"),
    path("redaksjon/tall/", views.counts, name="counts"),
    path("redaksjon/satser/", rate_views.rates, name="rates"),
    path("redaksjon/satser/<str:key>/", rate_views.rate, name="rate"),
    path("redaksjon/satsendring/<int:pk>/", rate_views.change, name="rate_change"),
    path("redaksjon/satsendring/<int:pk>/godkjenn/", rate_views.approve, name="rate_approve"),
    path("redaksjon/satsendring/<int:pk>/avvis/", rate_views.decline, name="rate_decline"),
    path("redaksjon/satsendring/<int:pk>/angre/", rate_views.undo, name="rate_undo"),
]
