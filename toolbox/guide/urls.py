"""From the front page to one page to take along."""

from django.urls import path

from toolbox.guide import saved_views, toolbox_views, views

app_name = "guide"
urlpatterns = [
    path("", views.front, name="front"),
    path("start-her/", views.start, name="start"),
    path("start-her/jeg-trenger-folk/", views.need, name="need"),
    path("start-her/sjekk-svarene/", views.check, name="check"),
    path("start-her/mer-om-bedriften/", views.company, name="company"),
    path("start-her/resultat/", views.result, name="result"),
    path("start-her/om-personen/", views.person, name="person"),
    path("start-her/oversikt.pdf", views.summary_pdf, name="summary_pdf"),
    path("start-her/lagre/", saved_views.save, name="save"),
    path("lagret/slettet/", saved_views.revoked, name="revoked"),
    path("lagret/<str:token>/", saved_views.read, name="saved"),
    path("lagret/styr/<str:token>/", saved_views.manage, name="manage"),
    path("kartlegg/les/<str:token>/", toolbox_views.read, name="toolbox_read"),
    path("kartlegg/les/<str:token>.pdf", toolbox_views.read_pdf, name="toolbox_read_pdf"),
    path("kartlegg/<str:token>/resultat/", toolbox_views.toolbox, name="toolbox"),
    path("kartlegg/<str:token>/resultat.pdf", toolbox_views.pdf, name="toolbox_pdf"),
    path("kartlegg/<str:token>/plan/", toolbox_views.plan, name="toolbox_actions"),
    path("kartlegg/<str:token>/plan.ics", toolbox_views.plan_file, name="toolbox_calendar"),
    path("kartlegg/<str:token>/paminnelse/", toolbox_views.reminder, name="toolbox_reminder"),
    path("kartlegg/<str:token>/pa-nytt/", toolbox_views.again, name="toolbox_again"),
]
