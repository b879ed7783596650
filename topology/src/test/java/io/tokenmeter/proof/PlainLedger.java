package io.tokenmeter.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schema.Balance;
import io.tokenmeter.schema.BilledLine;
import io.tokenmeter.schema.BilledUsage;
import io.tokenmeter.schema.ChargeLine;
import io.tokenmeter.schema.UnmatchedUsage;
import io.tokenmeter.schema.UnpricedUsage;
import io.tokenmeter.topics.Topics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has to come out, from what was sent alone: one grant of each organisation, then a charge for
 * each of its calls, in whatever order.
 */
final class PlainLedger {
  private final Map<String, BigDecimal> granted = new LinkedHashMap<>();
  private final Map<String, Map<String, Call>> calls = new TreeMap<>();

  /** The last of the organisations is granted too little and ends in debt. */
  PlainLedger(List<String> organisations) {
    for (String org : organisations) {
      boolean last = granted.size() == organisations.size() - 1;
      granted.put(org, new BigDecimal(last ? "0.000000000007" : "1000.100000000003"));
      calls.put(org, new HashMap<>());
    }
  }

  /** What each organisation is granted before anything else. */
  Map<String, BigDecimal> granted() {
    return granted;
  }

  void add(List<Call> sent) {
    sent.forEach(call -> calls.get(call.org()).put(call.id(), call));
  }

  int charges() {
    return calls.values().stream().mapToInt(Map::size).sum();
  }

  private int postings(String org) {
    return 1 + calls.get(org).size();
  }

  /** Whether every organisation's newest balance reflects as many postings as there have to be. */
  boolean isReached(List<Balance> balances) {
    Map<String, Balance> newest = newest(balances);
    return calls.keySet().stream()
        .allMatch(org -> newest.containsKey(org) && sequence(newest, org) >= postings(org));
  }

  /** Fails unless it all came out, once, to the last digit, and nothing else did. */
  void check(CommittedRecords committed) {
    assertThat(committed.deadLetters()).as("dead letters").isEmpty();
    assertThat(committed.values(Topics.USAGE_UNMATCHED, UnmatchedUsage.class)).isEmpty();
    assertThat(committed.values(Topics.USAGE_UNPRICED, UnpricedUsage.class)).isEmpty();
    List<BilledUsage> billed = committed.values(Topics.USAGE_BILLED, BilledUsage.class);
    Map<String, List<BilledUsage>> byOrg = new HashMap<>();
    billed.forEach(b -> byOrg.computeIfAbsent(b.getOrgId(), o -> new ArrayList<>()).add(b));
    assertThat(byOrg.keySet()).isEqualTo(calls.keySet());
    Map<String, Balance> balances = newest(committed.values(Topics.LEDGER_BALANCES, Balance.class));
    byOrg.forEach((org, charges) -> check(org, charges, balances));
    check(billed, committed.values(Topics.USAGE_CHARGES, ChargeLine.class));
  }

  private void check(String org, List<BilledUsage> charges, Map<String, Balance> balances) {
    Map<String, Call> sent = calls.get(org);
    assertThat(charges)
        .as("charges of " + org)
        .extracting(BilledUsage::getUsageId)
        .containsExactlyInAnyOrderElementsOf(sent.keySet());
    BigDecimal balance = granted.get(org);
    BigDecimal total = BigDecimal.ZERO;
    long sequence = 1;
    for (BilledUsage charge : charges) {
      String which = org + " " + charge.getUsageId();
      BigDecimal amount = sent.get(charge.getUsageId()).amount();
      assertThat(charge.getSequence()).as("sequence of " + which).isEqualTo(++sequence);
      same("amount of " + which, charge.getAmount(), amount);
      same("balance before " + which, charge.getBalanceBefore(), balance);
      balance = balance.subtract(amount);
      total = total.add(amount);
      same("balance after " + which, charge.getBalanceAfter(), balance);
    }
    Balance last = balances.get(org);
    assertThat(last.getSequence()).as("last sequence of " + org).isEqualTo(postings(org));
    same("balance of " + org, last.getBalance(), balance);
    same("granted to " + org, last.getGranted(), granted.get(org));
    same("billed to " + org, last.getBilled(), total);
    same("debt of " + org, last.getDebt(), balance.negate().max(BigDecimal.ZERO));
  }

  /** The lines add up, and stand once each, and the same, on the flat topic. */
  private static void check(List<BilledUsage> billed, List<ChargeLine> flat) {
    Map<String, BigDecimal> lines = new HashMap<>();
    for (BilledUsage charge : billed) {
      BigDecimal sum = BigDecimal.ZERO;
      for (BilledLine line : charge.getLines()) {
        sum = sum.add(line.getAmount());
        lines.put(
            charge.getOrgId() + " " + charge.getUsageId() + " " + line.getLine(), line.getAmount());
      }
      same("lines of " + charge.getUsageId(), sum, charge.getAmount());
    }
    assertThat(flat).as("flat lines").hasSize(lines.size());
    for (ChargeLine line : flat) {
      String key = line.getOrgId() + " " + line.getUsageId() + " " + line.getLine();
      assertThat(lines).as("flat line " + key).containsKey(key);
      same("flat line " + key, line.getAmount(), lines.remove(key));
    }
  }

  private static void same(String what, BigDecimal actual, BigDecimal expected) {
    assertThat(actual.toPlainString()).as(what).isEqualTo(expected.setScale(12).toPlainString());
  }

  private static long sequence(Map<String, Balance> balances, String org) {
    return balances.get(org).getSequence();
  }

  private static Map<String, Balance> newest(List<Balance> balances) {
    Map<String, Balance> newest = new HashMap<>();
    balances.forEach(balance -> newest.put(balance.getOrgId(), balance));
    return newest;
  }
}
