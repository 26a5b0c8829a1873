"""What people read for the codes of a tool's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

AREA: Mapping[str, Any] = {
    "stories": gettext_lazy("Lær av andre"),
    "support": gettext_lazy("Støtte, kostnad og risiko"),
    "people": gettext_lazy("Hvem kan dette gjelde"),
    "learning": gettext_lazy("Lær mer sammen"),
    "help": gettext_lazy("Få hjelp underveis"),
}
WHO: Mapping[str, Any] = {
    "manager": gettext_lazy("Leder"),
    "hr_manager": gettext_lazy("Personalansvarlig"),
    "mentor": gettext_lazy("Mentor"),
    "colleague": gettext_lazy("Kollega"),
    "representatives": gettext_lazy("Tillitsvalgt eller verneombud"),
    "newcomer": gettext_lazy("Den nye selv"),
}
BAND: Mapping[str, Any] = {
    "minutes": gettext_lazy("Under en time"),
    "hours": gettext_lazy("Noen timer"),
    "weeks": gettext_lazy("Litt over flere uker"),
}
STRENGTH: Mapping[str, Any] = {
    "strong": gettext_lazy("god støtte i forskning"),
    "moderate": gettext_lazy("noe støtte i forskning"),
    "weak": gettext_lazy("lite forskning"),
    "practice": gettext_lazy("råd fra praksis"),
    "law": gettext_lazy("lov"),
}
PAGE: Mapping[str, Any] = {
    "calculator": gettext_lazy("Regn ut hva det koster"),
    "refund": gettext_lazy("Se refusjonen for én måned"),
    "sheet": gettext_lazy("Hva koster det i alt?"),
    "uncertainty": gettext_lazy("Hvor galt kan det gå?"),
    "risks": gettext_lazy("Hva er risikoen?"),
    "hand_over": gettext_lazy("Gjør klar det Nav spør om i avtalen"),
    "asked": gettext_lazy("Dette kan du spørre om, og dette kan du ikke"),
    "under_way": gettext_lazy("Vi har noen i gang – hvordan lykkes vi?"),
    "start": gettext_lazy("Start her"),
    "measures": gettext_lazy("All støtte vi vet om"),
    "helpers": gettext_lazy("Finn hjelp der dere er"),
}
HELP_NEED: Mapping[str, Any] = {
    "candidate": gettext_lazy("Finn noen som hjelper dere å finne folk"),
    "training": gettext_lazy("Finn noen som hjelper med opplæring"),
    "language": gettext_lazy("Finn noen som hjelper med språk"),
    "mental_health": gettext_lazy("Finn noen som kan psykisk helse"),
    "aids": gettext_lazy("Finn noen som hjelper med hjelpemidler"),
    "economy": gettext_lazy("Finn noen som hjelper med økonomi"),
}
