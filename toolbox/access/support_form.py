"""What support says before it sees what somebody sees."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from toolbox.access.forms import AddressField
from toolbox.access.support import LONGEST_REASON
from toolbox.ui.forms import Form
from toolbox.ui.guarded import GuardedField


class SupportForm(Form):
    epost = AddressField()
    grunn = GuardedField(
        label=gettext_lazy("Hvorfor du må se siden"),
        name=gettext_lazy("Begrunnelsen"),
        readers=gettext_lazy("Personen kan lese den."),
        missing=gettext_lazy("Skriv hvorfor. Personen kan lese det."),
        longest=LONGEST_REASON,
    )
