"""Who may use which address, and whether using it stores anything. An address that is not here is refused.

A row names the route, its methods and roles. `stores` is True when a request may write; `cached` is True when
the whole page may be kept and given to the next visitor (then it must be the same for everybody). `unlisted`
is True for what no search engine may show: what somebody saved or made, and not the same for everybody.
`asks_again` is True when whoever asked may keep the answer, and ask whether it still stands: then it must be
the same for everybody who asks the same. `counts` is True when a request is counted against misuse, for a
minute, and nothing else is written. `step` names what is counted each time the page is shown, also when it
was kept (toolbox/ui/steps.py); a page that can be an answer or a form with errors counts in its view.

Roles: `visitor` is anybody, and then no session is read. `signed_in` is anybody who has signed in. The others
are the ones toolbox.access.queries.roles_of gives: company_member, mentor, participant, adviser, provider,
editor, programme_owner, operator. Having one of a row's roles is enough.
"""

from __future__ import annotations

from dataclasses import dataclass

VISITOR = ("visitor",)
SIGNED_IN = ("signed_in",)
EDITOR = ("editor",)


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    methods: tuple[str, ...] = ("GET",)
    roles: tuple[str, ...] = VISITOR
    stores: bool = False
    cached: bool = False
    unlisted: bool = False
    asks_again: bool = False
    counts: bool = False
    step: str = ""


def _page(name: str) -> Route:
    return Route(name, cached=True)


def _answer(name: str) -> Route:
    return Route(name)


_ROUTES = [
    _answer("ready"),
    # ui: without language
    _answer("site:health"),
    _answer("site:language"),
    _answer("site:robots"),
    _answer("site:security"),
    Route("site:policy_report", methods=("POST",), counts=True),  # sent by browsers; see ui/policy_reports.py
    # ui: pages about the site
    _page("ui:about"),
    _page("ui:privacy"),
    _page("ui:accessibility"),
    _page("ui:cookies"),
    _page("ui:contact"),
    _page("ui:gallery"),
    # guide
    _page("guide:front"),
    Route("guide:start", cached=True, step="start"),
    _answer("guide:need"),
    _answer("guide:check"),
    _answer("guide:company"),
    _answer("guide:result"),
    Route("guide:person", methods=("GET", "POST")),  # posted, and never kept
    Route("guide:summary_pdf", unlisted=True),
    Route("guide:save", methods=("GET", "POST"), stores=True, unlisted=True),
    Route("guide:saved", unlisted=True),
    Route("guide:revoked", unlisted=True),
    Route("guide:manage", methods=("GET", "POST"), stores=True, unlisted=True),
    # guide: the result of a mapping, its plan, and answering again
    *(
        Route(f"guide:{name}", unlisted=True)
        for name in (
            "toolbox",
            "toolbox_pdf",
            "toolbox_read",
            "toolbox_read_pdf",
            "toolbox_calendar",
        )
    ),
    *(
        Route(f"guide:{name}", methods=("GET", "POST"), stores=True, unlisted=True)
        for name in ("toolbox_actions", "toolbox_reminder", "toolbox_again")
    ),
    # access: signing in. The session is written, also of somebody who has none yet.
    *(
        Route(f"access:{name}", methods=("GET", "POST"), stores=True, unlisted=True)
        for name in ("sign_in", "code", "contact_details", "sign_out", "demo_link")
    ),
    *(
        Route(f"access:{name}", methods=("POST",), stores=True, unlisted=True)
        for name in ("passkey_question", "passkey_sign_in", "identity_start")
    ),
    Route("identity:back", stores=True, unlisted=True),
    Route("access:signed_out", unlisted=True),
    # access: everybody's own page
    Route("access:my_page", roles=SIGNED_IN, unlisted=True),
    Route("access:new_passkey_question", methods=("POST",), roles=SIGNED_IN, stores=True, unlisted=True),
    *(
        Route(f"access:{name}", methods=("GET", "POST"), roles=SIGNED_IN, stores=True, unlisted=True)
        for name in ("details", "address", "address_code", "passkeys", "passkey", "ways", "machines")
    ),
    # access: what we have about somebody. Who opens the file or support's view is written in the log.
    Route("access:own_data", roles=SIGNED_IN, unlisted=True),
    Route("access:own_data_file", roles=SIGNED_IN, stores=True, unlisted=True),
    *(
        Route(f"access:{name}", methods=("GET", "POST"), roles=SIGNED_IN, stores=True, unlisted=True)
        for name in ("own_data_link", "erase")
    ),
    Route("access:support", methods=("GET", "POST"), roles=("operator",), stores=True, unlisted=True),
    Route("access:support_view", roles=("operator",), stores=True, unlisted=True),
    # access: organisations, members and invitations. Whose they are, toolbox/access/permissions.py decides.
    Route("company:mine", roles=SIGNED_IN, unlisted=True),
    Route("company:page", roles=SIGNED_IN, stores=True, unlisted=True),  # who read it is written in the log
    *(
        Route(f"company:{name}", methods=("GET", "POST"), roles=SIGNED_IN, stores=True, unlisted=True)
        for name in ("start", "invite", "member", "end", "accept")
    ),
    *(
        Route(f"company:{name}", methods=("POST",), roles=SIGNED_IN, stores=True, unlisted=True)
        for name in ("renew", "prove", "withdraw")
    ),
    Route("company:invitation", methods=("GET", "POST"), stores=True, unlisted=True),
    Route("company:refused", unlisted=True),
    Route("company:unconfirmed", roles=EDITOR, unlisted=True),
    Route("company:confirm", methods=("GET", "POST"), roles=EDITOR, stores=True, unlisted=True),
    Route("company:confirmed", roles=("editor", "operator"), unlisted=True),
    Route(
        "company:withdraw_confirmation",
        methods=("GET", "POST"),
        roles=("editor", "operator"),
        stores=True,
        unlisted=True,
    ),
    # catalogue
    _page("catalogue:toolbox"),
    _page("catalogue:measures"),
    _page("catalogue:measure"),
    _page("catalogue:asked"),
    _page("catalogue:under_way"),
    _page("catalogue:risks"),
    _answer("catalogue:calculator"),
    _answer("catalogue:estimate"),
    _answer("catalogue:refund"),
    _answer("catalogue:uncertainty"),
    _answer("catalogue:sheet"),
    Route("catalogue:sheet_pdf", unlisted=True),
    _answer("catalogue:hand_over"),
    Route("catalogue:hand_over_pdf", unlisted=True),
    Route("catalogue:deadlines", unlisted=True),
    # tools
    _page("tools:list"),
    _page("tools:tool"),
    # directory: read from the database, so a kept page could be older than an editor's correction
    _answer("directory:list"),
    Route("directory:helper", step="contact_shown"),
    # mapping: a company's answers, for whoever has the address. Nobody is known, and no cookie leads back.
    Route("mapping:start", methods=("GET", "POST"), stores=True),
    _page("mapping:about"),
    Route("mapping:resume", methods=("GET", "POST"), stores=True, unlisted=True),
    Route("mapping:deleted", unlisted=True),
    Route("mapping:later", unlisted=True),
    Route("mapping:check", unlisted=True),
    *(
        Route(f"mapping:{name}", methods=("POST",), stores=True, unlisted=True)
        for name in ("submit", "go_on")
    ),
    *(
        Route(f"mapping:{name}", methods=("GET", "POST"), stores=True, unlisted=True)
        for name in ("page", "delete")
    ),
    # outbox: the link at the foot of a message
    Route("outbox:opt_out", methods=("GET", "POST"), stores=True, unlisted=True),
    # publishing: anybody reports an error, without an account
    Route("publishing:report", methods=("GET", "POST"), stores=True, unlisted=True),
    Route("publishing:reported", unlisted=True),
    Route("publishing:answer", unlisted=True),
    # desk: the editors' own pages
    Route("desk:counts", roles=("editor", "programme_owner"), unlisted=True),
    *(
        Route(f"desk:{name}", roles=EDITOR, unlisted=True)
        for name in ("front", "rates", "rate_change", "items", "item", "seeded", "seeded_page", "links")
    ),
    *(
        Route(f"desk:{name}", methods=("GET", "POST"), roles=EDITOR, stores=True, unlisted=True)
        for name in ("report", "rate", "new_item", "edit_item", "edit_seeded")
    ),
    *(
        Route(f"desk:{name}", methods=("POST",), roles=EDITOR, stores=True, unlisted=True)
        for name in ("rate_approve", "rate_decline", "rate_undo", "act_on_item", "act_on_seeded")
    ),
    # api: the page about it, and version 1. Posted questions store nothing.
    _page("api:documentation"),
    Route("v1:openapi", asks_again=True),
    Route("v1:measures", asks_again=True),
    Route("v1:measure", asks_again=True),
    Route("v1:offers", methods=("POST",)),
    Route("v1:costs", methods=("POST",)),
    Route("v1:risk", methods=("POST",), counts=True),
    Route("v1:questionnaire", asks_again=True),
    Route("v1:toolbox", methods=("POST",)),
    Route("v1:tools", asks_again=True),
    Route("v1:tool", asks_again=True),
    Route("v1:helpers", asks_again=True),
    Route("v1:costs_file", methods=("POST",), counts=True),
    Route("v1:unknown", methods=("GET", "POST")),
]

ROUTES = {route.name: route for route in _ROUTES}
