package io.tokenmeter.serde;

import org.apache.avro.Conversions;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;

/** The two ways in which generic records show decimals and instants. */
final class RecordModels {
  /** As bytes and longs. */
  static final GenericData PLAIN = new GenericData();

  /** As {@link java.math.BigDecimal}, {@link java.time.Instant} and so on. */
  static final GenericData CONVERTED = converted();

  private RecordModels() {}

  private static GenericData converted() {
    GenericData data = new GenericData();
    data.addLogicalTypeConversion(new Conversions.DecimalConversion());
    data.addLogicalTypeConversion(new Conversions.UUIDConversion());
    data.addLogicalTypeConversion(new TimeConversions.DateConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    return data;
  }
}
