package io.tokenmeter.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tokenmeter.embedded.SharedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of docs/console.md anew. No build runs it by itself; docs/console.md has the
 * command.
 */
@ExtendWith(SharedBroker.class)
class ConsolePictures {
  private static final int AN_HOUR = 100;
  private static final int EXCHANGES = 360;
  private static final int RATE = 6;
  private static final int TALL = 1240;
  private static final long MOST_BYTES = 300_000;
  private static final String ORG = "harbour-freight";
  private static final Path DOCS = Path.of(System.getProperty("tokenmeter.root"), "docs");

  @TempDir private Path directory;

  @Test
  void areMade() throws IOException {
    Path browser = Chromium.find().orElseThrow(() -> new AssertionError(Chromium.MISSING));
    try (ConsoleStand stand = ConsoleStand.start(directory, "");
        Chromium chromium = Chromium.start(browser)) {
      stand.sendADay(AN_HOUR, EXCHANGES, RATE);
      Visit.Eyes usual = Visit.Eyes.USUAL;
      try (Visit visit = see(chromium, stand, usual)) {
        take(visit, "console-operator.png", true);
        visit.at(ORG);
        visit.page().setViewportSize(usual.width(), TALL);
        take(visit, "console-organisation.png", false);
        visit.find("#charges [data-usage]").nth(1).click();
        visit.expect("#charge .steps").isVisible();
        take(visit, "console-charge.png", false);
      }
      try (Visit visit = see(chromium, stand, usual.dark())) {
        visit.at(ORG);
        take(visit, "console-dark.png", false);
      }
      try (Visit visit = see(chromium, stand, usual.in("fa-IR"))) {
        visit.at("setareh");
        take(visit, "console-persian.png", false);
      }
      try (Visit visit = see(chromium, stand, usual.phone())) {
        visit.at("night-school");
        take(visit, "console-phone.png", false);
      }
    }
  }

  private static Visit see(Chromium chromium, ConsoleStand stand, Visit.Eyes eyes) {
    return new Visit(chromium.browser(), stand.url(), eyes).with(stand.operator()).arrived();
  }

  /** Of all of the page, or of what the window shows. */
  private static void take(Visit visit, String name, boolean whole) throws IOException {
    byte[] taken = visit.page().screenshot(new Page.ScreenshotOptions().setFullPage(whole));
    byte[] small = SmallPng.of(taken);
    assertThat(small.length).as(name).isLessThan((int) MOST_BYTES);
    Files.write(DOCS.resolve(name), small);
    System.out.printf("%s: %d bytes, of %d%n", name, small.length, taken.length);
  }
}
