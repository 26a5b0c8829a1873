"""What axe finds wrong on a page, best practices too.

Axe is by far the longest of all that tests ask of a browser. Three things halve what it takes, and
`test_axe.py` holds that what it says is what axe says when it is left alone.
"""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

#: The numbers of a colour are kept on it, and not in six tables of all colours there have been.
_ON_THE_OBJECT_ITSELF = """
class {
  name = Symbol();
  has(object) { return this.name in object; }
  get(object) { return object[this.name]; }
  set(object, value) { object[this.name] = value; return this; }
  add(object) { return this.set(object, true); }
}
"""
#: Axe reads the colour of every ancestor of every text, and a page has a dozen colours: each is read once.
_EACH_COLOUR_ONCE = """
  const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
  colour.parseString = function (text) {
    if (!known.has(text)) {
      read.call(this, text);
      known.set(text, [this.red, this.green, this.blue, this.alpha]);
    }
    [this.red, this.green, this.blue, this.alpha] = known.get(text);
    return this;
  };
"""
_AXE = f"""() => {{
  if (window.axe) return;
  (function (WeakMap, WeakSet) {{ {AXE_SCRIPT} }}).apply(window, Array(2).fill({_ON_THE_OBJECT_ITSELF}));
  {_EACH_COLOUR_ONCE}
}}"""
_RUN = "axe.run({resultTypes: ['violations']}).then(({url, violations}) => ({url, violations}))"
#: A page gets the policy of the one it stands in for, so the two must have the same.
_SHOW = """async ([address, form]) => {
  const policy = answer => answer.headers.get("content-security-policy");
  window.policy ??= policy(await fetch(location.href));
  const body = form === null ? undefined : new URLSearchParams(form);
  const answer = await fetch(address, {method: body ? "POST" : "GET", body});
  if (!policy(answer) || policy(answer) !== window.policy) throw new Error(`policy of its own: ${address}`);
  const page = await answer.text();
  if (page.includes("<script")) return false;
  history.replaceState(null, "", answer.url);
  document.open();
  const loaded = new Promise(done => window.addEventListener("load", done, {once: true}));
  document.write(page);
  document.close();
  await loaded;
  return true;
}"""


def show(page: Page, address: str, form: str | None = None) -> None:
    """Let the page at an address stand in for the one that is open, in the same window.

    The browser keeps what it has made of axe's code, where a page that is gone to begins anew; a page with
    a script is gone to all the same. `form` is posted, where there is one. Fails for a page whose content
    policy is another.
    """
    if not page.evaluate(_SHOW, [address, form]):
        page.goto(address)


def violations(page: Page) -> str:
    """A report of every rule the page breaks as it is shown now; empty where it breaks none."""
    page.wait_for_load_state()
    page.evaluate(_AXE)
    found = AxeResults(page.evaluate(_RUN))
    return found.generate_report() if found.violations_count else ""
