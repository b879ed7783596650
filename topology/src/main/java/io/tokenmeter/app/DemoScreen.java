package io.tokenmeter.app;

import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.Entitlement;
import io.tokenmeter.schema.LowBalance;
import io.tokenmeter.schema.QuotaExceeded;
import io.tokenmeter.schema.UnmatchedUsage;
import io.tokenmeter.schema.UnpricedUsage;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * Shows the demo as it goes: what happens as lines, and on a terminal a table of balances beneath
 * them that is drawn anew.
 */
final class DemoScreen implements DemoRun.Watcher {
  private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";
  private static final int PLACES = 6;

  private final PrintWriter out;
  private final OutputOptions output;
  private final boolean redraws;
  private final Map<String, Balance> balances = new TreeMap<>();
  private final Map<String, Entitlement> entitlements = new HashMap<>();
  private final Map<String, Long> billed = new HashMap<>();
  private int drawn;

  DemoScreen(PrintWriter out, OutputOptions output, boolean isTerminal) {
    this.out = out;
    this.output = output;
    this.redraws = isTerminal && !output.json();
  }

  /** Takes what was published. */
  @Override
  public void show(SpecificRecord record) {
    if (record instanceof Balance balance) {
      balances.put(balance.getOrgId(), balance);
    } else if (record instanceof BilledUsage usage) {
      billed.merge(usage.getOrgId(), 1L, Long::sum);
    } else if (record instanceof Entitlement entitlement) {
      entitlements.put(entitlement.getOrgId(), entitlement);
      if (entitlement.getReason() != null) {
        happened("denied", entitlement.getOrgId(), "may not call: " + entitlement.getReason());
      }
    } else if (record instanceof LowBalance event) {
      happened(
          event.getType(),
          event.getOrgId(),
          "balance %s %s, level %s"
              .formatted(plain(event.getBalance()), event.getUnit(), plain(event.getThreshold())));
    } else if (record instanceof QuotaExceeded event) {
      happened(
          "QUOTA_" + event.getType(),
          event.getOrgId(),
          "quota %s: %s of %s %s used, %d %%"
              .formatted(
                  event.getQuotaId(),
                  plain(event.getUsed()),
                  plain(event.getLimit()),
                  event.getUnit(),
                  event.getPercent()));
    } else if (record instanceof UnpricedUsage notice) {
      happened("unpriced", notice.getOrgId(), "no price for " + notice.getModel());
    } else if (record instanceof UnmatchedUsage notice) {
      happened("unmatched", notice.getOrgId(), notice.getUsageId() + ": " + notice.getReason());
    }
  }

  /** Something to tell. */
  void happened(String kind, String org, String what) {
    clear();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", kind);
    line.put("org", org);
    line.put("detail", what);
    output.print(out, "%-15s %-16s %s".formatted(kind, org, what), line);
  }

  /** A line of how far it is, where the table isn't drawn. */
  @Override
  public void progress(int sent) {
    if (redraws) {
      draw("%d exchanges sent, %d billed".formatted(sent, billedCount()));
    }
  }

  /** The table, for good. */
  void finish() {
    clear();
    if (output.json()) {
      balances.values().forEach(balance -> out.println(OutputOptions.json(json(balance))));
    } else {
      table("");
      drawn = 0;
    }
    out.flush();
  }

  long billedCount() {
    return billed.values().stream().mapToLong(Long::longValue).sum();
  }

  private void draw(String title) {
    clear();
    table(title);
    out.flush();
  }

  private void clear() {
    if (redraws && drawn > 0) {
      out.print(UP_AND_CLEAR.formatted(drawn));
    }
    drawn = 0;
  }

  private void table(String title) {
    line(title);
    line(
        "%-16s %14s %12s %12s %8s %s"
            .formatted("organisation", "balance", "granted", "billed", "charges", "may call"));
    for (Balance balance : balances.values()) {
      String org = balance.getOrgId();
      Entitlement entitlement = entitlements.get(org);
      line(
          "%-16s %14s %12s %12s %8d %s"
              .formatted(
                  org,
                  plain(balance.getBalance()),
                  plain(balance.getGranted()),
                  plain(balance.getBilled()),
                  billed.getOrDefault(org, 0L),
                  entitlement == null || entitlement.getReason() == null
                      ? "yes"
                      : entitlement.getReason()));
    }
  }

  private void line(String text) {
    out.println(text);
    drawn++;
  }

  private Map<String, Object> json(Balance balance) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("org", balance.getOrgId());
    json.put("balance", balance.getBalance().stripTrailingZeros().toPlainString());
    json.put("billed", balance.getBilled().stripTrailingZeros().toPlainString());
    json.put("unit", balance.getUnit());
    json.put("sequence", balance.getSequence());
    json.put("charges", billed.getOrDefault(balance.getOrgId(), 0L));
    return json;
  }

  /** For the eye: six places, and an ellipsis where there are more. */
  private static String plain(BigDecimal value) {
    BigDecimal shortened = value.setScale(PLACES, RoundingMode.DOWN);
    String digits = shortened.signum() == 0 ? "0" : shortened.stripTrailingZeros().toPlainString();
    return shortened.compareTo(value) == 0 ? digits : digits + "…";
  }
}
