"""What axe finds wrong on a page, best practices too."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: Axe reads the colour of every ancestor of every text, and a page has a dozen colours. Read once each, a
#: large page takes half the time.
_EACH_COLOUR_ONCE = """
(() => {
  const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
  colour.parseString = function (text) {
    if (!known.has(text)) {
      read.call(this, text);
      known.set(text, [this.red, this.green, this.blue, this.alpha]);
    }
    [this.red, this.green, this.blue, this.alpha] = known.get(text);
    return this;
  };
})();
"""
_AXE = Axe(AXE_SCRIPT + _EACH_COLOUR_ONCE)


def violations(page: Page) -> str:
    """A report of every rule the page breaks as it is shown now; empty where it breaks none."""
    page.wait_for_load_state()
    found = _AXE.run(page, options={"resultTypes": ["violations"]})
    return found.generate_report() if found.violations_count else ""
