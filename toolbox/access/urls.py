"""Signing in and out, and everybody's own page."""

from django.urls import path

from toolbox.access import my_page_views as mine
from toolbox.access import own_data_views as data
from toolbox.access import views

app_name = "access"
urlpatterns = [
    path("logg-inn/", views.sign_in, name="sign_in"),
    path("logg-inn/kode/", views.code, name="code"),
    path("logg-inn/kontakt/", views.contact_details, name="contact_details"),
    path("logg-inn/passnokkel/", views.passkey_sign_in, name="passkey_sign_in"),
    path("logg-inn/passnokkel/spor/", views.passkey_question, name="passkey_question"),
    path("logg-inn/med/<slug:provider>/", views.identity_start, name="identity_start"),
    path("logg-inn/demo/<str:token>/", views.demo_link, name="demo_link"),
    path("logg-ut/", views.sign_out, name="sign_out"),
    path("logget-ut/", views.signed_out, name="signed_out"),
    path("min-side/", mine.my_page, name="my_page"),
    path("min-side/om-meg/", mine.details, name="details"),
    path("min-side/e-post/", mine.address, name="address"),
    path("min-side/e-post/kode/", mine.address_code, name="address_code"),
    path("min-side/passnokler/", mine.keys, name="passkeys"),
    path("min-side/passnokler/spor/", mine.key_question, name="new_passkey_question"),
    path("min-side/passnokler/<int:pk>/", mine.key, name="passkey"),
    path("min-side/innlogging/", mine.ways, name="ways"),
    path("min-side/maskiner/", mine.machines, name="machines"),
    path("min-side/opplysninger/", data.own, name="own_data"),
    path("min-side/opplysninger/fil/", data.make_file, name="own_data_link"),
    path("min-side/opplysninger/fil/<str:token>/", data.file, name="own_data_file"),
    path("min-side/slett/", data.erase, name="erase"),
    path("brukerstotte/", data.begin_support, name="support"),
    path("brukerstotte/<uuid:pk>/", data.support_view, name="support_view"),
]
