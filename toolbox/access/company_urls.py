"""Organisations, their members, and invitations to them."""

from django.urls import path

from toolbox.access import company_views as company
from toolbox.access import confirmation_views as confirmation
from toolbox.access import invitation_views as invitation
from toolbox.access import member_views as member

app_name = "company"
urlpatterns = [
    path("bedrift/", company.mine, name="mine"),
    path("bedrift/ny/", company.start, name="start"),
    path("bedrift/bekreft/", confirmation.unconfirmed, name="unconfirmed"),
    path("bedrift/bekreft/<uuid:pk>/", confirmation.confirm, name="confirm"),
    path("bedrift/bekreftet/", confirmation.confirmed, name="confirmed"),
    path("bedrift/bekreftet/<uuid:pk>/", confirmation.withdraw, name="withdraw_confirmation"),
    path("bedrift/<uuid:pk>/", company.page, name="page"),
    path("bedrift/<uuid:pk>/register/", company.renew, name="renew"),
    path("bedrift/<uuid:pk>/ansattporten/", company.prove, name="prove"),
    path("bedrift/<uuid:pk>/inviter/", invitation.invite, name="invite"),
    path("bedrift/<uuid:pk>/invitert/<uuid:invitation>/", invitation.withdraw, name="withdraw"),
    path("bedrift/<uuid:pk>/medlem/<uuid:member>/", member.member, name="member"),
    path("bedrift/<uuid:pk>/medlem/<uuid:member>/avslutt/", member.end, name="end"),
    path("invitasjon/svart/", invitation.refused, name="refused"),
    path("invitasjon/<str:token>/", invitation.read, name="invitation"),
    path("invitasjon/<str:token>/godta/", invitation.accept, name="accept"),
]
