package io.tokenmeter.ingest;

import io.tokenmeter.measured.Meter;
import io.tokenmeter.rated.quote.NearestNames;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Quantity;
import io.tokenmeter.raw.RawUsage;
import io.tokenmeter.raw.Rejection;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.schema.UsageRecord;
import io.tokenmeter.topics.Topics;
import io.tokenmeter.wire.RawCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The raw records of an item. What can be told without reading a body is checked here, by the rules
 * of measuring: so that the gateway hears of it, and not the dead letters alone.
 */
final class ItemRecords {
  private static final String NAME_PROVIDER = "name who answers, as in openai";

  private ItemRecords() {}

  /**
   * Makes them.
   *
   * @throws InvalidRecordException when a member is missing or outside its range
   */
  static List<RawRecord> of(ItemMembers item) {
    String key = item.key();
    return switch (item.type()) {
      case EXCHANGE -> {
        Instant at = item.instant(Member.RECORDED_AT);
        Instant answeredAt = item.optionalInstant(Member.ANSWERED_AT);
        LlmRequest request =
            request(
                item,
                at,
                item.textOrEmpty(Member.REQUEST_CONTENT_TYPE),
                item.body(Member.REQUEST_BODY, Member.REQUEST_BODY_BASE64));
        LlmResponse response =
            response(
                item,
                answeredAt == null ? at : answeredAt,
                item.textOrEmpty(Member.RESPONSE_CONTENT_TYPE),
                item.body(Member.RESPONSE_BODY, Member.RESPONSE_BODY_BASE64));
        yield List.of(
            new RawRecord(Topics.LLM_REQUESTS, key, request),
            new RawRecord(Topics.LLM_RESPONSES, key, response));
      }
      case REQUEST ->
          List.of(
              new RawRecord(
                  Topics.LLM_REQUESTS,
                  key,
                  request(
                      item,
                      item.instant(Member.OCCURRED_AT),
                      item.textOrEmpty(Member.CONTENT_TYPE),
                      item.body(Member.BODY, Member.BODY_BASE64))));
      case RESPONSE ->
          List.of(
              new RawRecord(
                  Topics.LLM_RESPONSES,
                  key,
                  response(
                      item,
                      item.instant(Member.OCCURRED_AT),
                      item.textOrEmpty(Member.CONTENT_TYPE),
                      item.body(Member.BODY, Member.BODY_BASE64))));
      case USAGE -> List.of(new RawRecord(Topics.USAGE_RECORDS, key, usage(item)));
    };
  }

  private static LlmRequest request(ItemMembers item, Instant at, String type, ByteBuffer body) {
    LlmRequest request =
        LlmRequest.newBuilder()
            .setRequestId(item.id())
            .setOrgId(item.orgId())
            .setProjectId(item.optionalText(Member.PROJECT_ID))
            .setUserId(item.optionalText(Member.USER_ID))
            .setApiKeyId(item.optionalText(Member.API_KEY_ID))
            .setProvider(provider(item.text(Member.PROVIDER, NAME_PROVIDER)))
            .setEndpoint(item.textOrEmpty(Member.PATH))
            .setModel(item.optionalText(Member.MODEL))
            .setKeyMode(item.keyMode())
            .setOccurredAt(at)
            .setContentType(type)
            .setBody(body)
            .setAttributes(item.texts(Member.ATTRIBUTES))
            .build();
    RawCodec.request(request);
    return request;
  }

  private static LlmResponse response(ItemMembers item, Instant at, String type, ByteBuffer body) {
    String provider = item.optionalText(Member.PROVIDER);
    LlmResponse response =
        LlmResponse.newBuilder()
            .setRequestId(item.id())
            .setOrgId(item.orgId())
            .setProvider(provider == null ? null : provider(provider))
            .setEndpoint(item.optionalText(Member.PATH))
            .setModel(item.optionalText(Member.MODEL))
            .setOccurredAt(at)
            .setStatus(item.status())
            .setContentType(type)
            .setBody(body)
            .setTruncated(item.truncated())
            .setAttributes(answerAttributes(item))
            .build();
    RawCodec.response(response);
    return response;
  }

  private static UsageRecord usage(ItemMembers item) {
    UsageRecord usage =
        UsageRecord.newBuilder()
            .setUsageId(item.id())
            .setOrgId(item.orgId())
            .setProjectId(item.optionalText(Member.PROJECT_ID))
            .setUserId(item.optionalText(Member.USER_ID))
            .setApiKeyId(item.optionalText(Member.API_KEY_ID))
            .setMeter(
                item.text(Member.METER, "name what was used, as in " + nearestMeter("tokens")))
            .setQuantity(new Quantity(item.quantity()).value().setScale(Quantity.SCALE))
            .setProvider(item.optionalText(Member.PROVIDER))
            .setModel(item.optionalText(Member.MODEL))
            .setKeyMode(item.keyMode())
            .setBillingType(item.optionalText(Member.BILLING_TYPE))
            .setOccurredAt(item.instant(Member.OCCURRED_AT))
            .setAttributes(item.texts(Member.ATTRIBUTES))
            .build();
    RawUsage raw = RawCodec.usage(usage);
    if (Meter.named(raw.meter()).isEmpty()) {
      throw new InvalidRecordException(
          Rejection.UNKNOWN_METER,
          "meter is not one that is known; the nearest is " + nearestMeter(raw.meter()));
    }
    return usage;
  }

  /** Headers that tell usage are read where measuring looks for them. */
  private static Map<String, String> answerAttributes(ItemMembers item) {
    Map<String, String> all = new HashMap<>();
    item.texts(Member.USAGE_HEADERS)
        .forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    all.putAll(item.texts(Member.ATTRIBUTES));
    return all;
  }

  private static String provider(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static String nearestMeter(String name) {
    return NearestNames.to(name, Arrays.stream(Meter.values()).map(Meter::wireName).toList(), 1)
        .get(0);
  }
}
