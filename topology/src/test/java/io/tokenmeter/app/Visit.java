package io.tokenmeter.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody in front of the console: a tab of their own, what it asked for, what went wrong. */
final class Visit implements AutoCloseable {
  /** Longer than anything takes on a machine that is busy. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String url;
  private final BrowserContext context;
  private final Page page;
  private final List<String> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  /**
   * What they look with.
   *
   * @param language of the browser, as in {@code fa-IR}
   * @param width of the window in CSS pixels
   */
  record Eyes(String language, ColorScheme scheme, int width, int height) {
    static final Eyes USUAL = new Eyes("en-GB", ColorScheme.LIGHT, 1280, 900);

    Eyes in(String other) {
      return new Eyes(other, scheme, width, height);
    }

    Eyes dark() {
      return new Eyes(language, ColorScheme.DARK, width, height);
    }

    Eyes phone() {
      return new Eyes(language, scheme, 360, 780);
    }
  }

  Visit(Browser browser, String url, Eyes eyes) {
    this.url = url;
    this.context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setLocale(eyes.language())
                .setTimezoneId("UTC")
                .setColorScheme(eyes.scheme())
                .setViewportSize(eyes.width(), eyes.height()));
    this.page = context.newPage();
    page.setDefaultTimeout((double) PATIENCE.toMillis());
    page.onRequest(request -> requests.add(request.url()));
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
  }

  Page page() {
    return page;
  }

  /** Comes with a token, as from the address that {@code demo} prints. */
  Visit with(String token) {
    page.navigate(url + "/#token=" + token);
    return this;
  }

  /** Goes to an organisation and waits until its figures are there. */
  Visit at(String org) {
    page.navigate(url + "/#/org/" + org);
    expect("h1").hasText(org);
    return arrived();
  }

  Visit arrived() {
    expect("main[data-sequence], main[data-shown]").isVisible(patient());
    return this;
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  LocatorAssertions expect(String selector) {
    return PlaywrightAssertions.assertThat(page.locator(selector));
  }

  static LocatorAssertions.IsVisibleOptions patient() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout((double) PATIENCE.toMillis());
  }

  /** By how many pixels the page is wider than the window. */
  int overhang() {
    return ((Number)
            page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))
        .intValue();
  }

  /** Every address that was asked for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Errors of the page's. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    context.close();
  }
}
