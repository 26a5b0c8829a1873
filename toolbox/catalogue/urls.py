"""Verktøykassen, støtten som finnes, regn ut, og to av dørene i «Start her»."""

from django.urls import path

from toolbox.catalogue import (
    estimate_views,
    hand_over_views,
    refund_views,
    risks_views,
    sheet_views,
    uncertainty_views,
    views,
)

app_name = "catalogue"
urlpatterns = [
    path("verktoykassen/", views.toolbox, name="toolbox"),
    path("stotte/", views.measures, name="measures"),
    path("stotte/<slug:slug>/", views.measure, name="measure"),
    path("start-her/jeg-har-fatt-sporsmal/", views.asked, name="asked"),
    path("start-her/vi-har-noen-i-gang/", views.under_way, name="under_way"),
    path("regn-ut/", estimate_views.calculator, name="calculator"),
    path("regn-ut/overslag/", estimate_views.estimate, name="estimate"),
    path("regn-ut/kostnad-og-risiko/", sheet_views.show, name="sheet"),
    path("regn-ut/kostnad-og-risiko.pdf", sheet_views.pdf, name="sheet_pdf"),
    path("regn-ut/usikkerhet/", uncertainty_views.uncertainty, name="uncertainty"),
    path("regn-ut/refusjon/", refund_views.one_month, name="refund"),
    path("hva-er-risikoen/", risks_views.show, name="risks"),
    path("regn-ut/til-avtalen/", hand_over_views.hand_over, name="hand_over"),
    path("regn-ut/til-avtalen.pdf", hand_over_views.pdf, name="hand_over_pdf"),
    path("regn-ut/frister.ics", hand_over_views.deadline_file, name="deadlines"),
]
