"""`docs/checks.md`: every rule of `archfolio check`, from where the rule is written."""

from __future__ import annotations

from pathlib import Path

from archfolio.render.check.codes import RULE_TEXTS
from archfolio.render.check.explain_rule import rules_page

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"

if __name__ == "__main__":
    PAGE.write_text(rules_page(RULE_TEXTS.values()), encoding="utf-8")
