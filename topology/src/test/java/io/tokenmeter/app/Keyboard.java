package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

/** Goes through a page by the tab key, and sees where it is at each step. */
final class Keyboard {
  private static final int MOST = 80;
  private static final String OUTLINE =
      "() => { const e = document.activeElement; const s = getComputedStyle(e);"
          + " return e === document.body ? 'nowhere' : s.outlineStyle === 'none' ? '0px' :"
          + " s.outlineWidth; }";

  private final Visit visit;

  Keyboard(Visit visit) {
    this.visit = visit;
  }

  void press(String key) {
    visit.page().keyboard().press(key);
  }

  /** One step, which has to lead to an element. */
  void next(String selector) {
    press("Tab");
    visit.expect(selector).isFocused();
    assertSeen();
  }

  /** As many steps as it takes to the first of some elements. */
  void until(String selector) {
    for (int i = 0; i < MOST; i++) {
      press("Tab");
      assertSeen();
      if ((boolean) visit.page().evaluate("s => document.activeElement.matches(s)", selector)) {
        return;
      }
    }
    throw new AssertionError("the tab key never comes to " + selector);
  }

  private void assertSeen() {
    assertThat((String) visit.page().evaluate(OUTLINE)).isIn("2px", "3px");
  }
}
