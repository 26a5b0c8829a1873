"""Where the link at the foot of a message leads."""

from django.urls import path

from toolbox.outbox import views

app_name = "outbox"
urlpatterns = [path("e-post/<str:token>/", views.opt_out, name="opt_out")]
