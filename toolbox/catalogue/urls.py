"""Verktøykassen, støtten som finnes, regn ut, og to av dørene i «Start her»."""

from django.urls import path

from toolbox.catalogue import estimate_views, hand_over_views, risks_views, views

app_name = "catalogue"
urlpatterns = [
    path("verktoykassen/", views.toolbox, name="toolbox"),
    path("stotte/", views.measures, name="measures"),
    path("stotte/<slug:slug>/", views.measure, name="measure"),
    path("start-her/jeg-har-fatt-sporsmal/", views.asked, name="asked"),
    path("start-her/vi-har-noen-i-gang/", views.under_way, name="under_way"),
    path("regn-ut/", estimate_views.calculator, name="calculator"),
    path("regn-ut/overslag/", estimate_views.estimate, name="estimate"),
    path("hva-er-risikoen/", risks_views.show, name="risks"),
    path("regn-ut/til-avtalen/", hand_over_views.hand_over, name="hand_over"),
    path("regn-ut/til-avtalen.pdf", hand_over_views.pdf, name="hand_over_pdf"),
    path("regn-ut/frister.ics", hand_over_views.deadline_file, name="deadlines"),
]
