package io.tokenmeter.proof;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What gateways and operators send: each content once. All its copies carry its number in the
 * header {@value #HEADER}, which means nothing to the applications.
 */
sealed interface Sent {
  String HEADER = "sent";

  /** Who pays. */
  String org();

  /** A half of an exchange: what was asked. */
  record Request(Call call) implements Sent {
    @Override
    public String org() {
      return call.org();
    }
  }

  /**
   * The other half.
   *
   * @param at when the gateway's clock says that it came
   */
  record Answer(Call call, Instant at) implements Sent {
    @Override
    public String org() {
      return call.org();
    }
  }

  /** Input tokens of {@link Tariff#STEADY} that a gateway counted itself. */
  record Usage(String org, String id, long tokens, Instant at) implements Sent {}

  /** Credits that never expire. */
  record Grant(String org, String id, BigDecimal amount) implements Sent {}

  /** A signed correction. */
  record Adjustment(String org, String id, BigDecimal amount) implements Sent {}

  /** The organisation's settings, before all else. */
  record Settings(String org, String id, Terms terms) implements Sent {}

  /** Something that no stage takes. */
  record Bad(String org, String name, String code) implements Sent {}

  /**
   * What an organisation is warned of.
   *
   * @param levels of the balance
   * @param overdraft 0 for none
   * @param quotas what it may use
   */
  record Terms(List<BigDecimal> levels, BigDecimal overdraft, List<Quota> quotas) {
    public Terms {
      levels = List.copyOf(levels);
      quotas = List.copyOf(quotas);
    }
  }

  /**
   * A quota of the whole organisation.
   *
   * @param perMinute for each minute of the clock; else for ever
   * @param spend counts amounts; else charges
   */
  record Quota(
      String id, boolean perMinute, boolean spend, BigDecimal limit, List<Integer> percents) {
    public Quota {
      percents = List.copyOf(percents);
    }
  }
}
