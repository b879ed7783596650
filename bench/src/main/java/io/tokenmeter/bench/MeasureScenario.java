package io.tokenmeter.bench;

import com.sun.management.ThreadMXBean;
import io.tokenmeter.measured.Measure;
import io.tokenmeter.measured.Metered;
import io.tokenmeter.measured.Refused;
import io.tokenmeter.measured.Result;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.raw.OrgId;
import io.tokenmeter.raw.Origin;
import io.tokenmeter.schema.JournalEntry;
import io.tokenmeter.schema.KeyMode;
import io.tokenmeter.schema.LlmRequest;
import io.tokenmeter.schema.LlmResponse;
import io.tokenmeter.wire.ContentHasher;
import io.tokenmeter.wire.EntryCodec;
import io.tokenmeter.wire.RawCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Bodies in, facts out, on one thread: Avro to Avro, by dialect, form and size. */
final class MeasureScenario implements Scenario {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OrgId ORG = new OrgId(Traffic.organisation(1));
  private static final Origin NOWHERE = new Origin("llm.requests", 0, 0);
  private static final int[] SIZES = {1_000, 4_000, 20_000, 200_000};
  private static final int JUDGED_SIZE = 20_000;
  private static final double MICROS = 1e3;

  /** What a body is. */
  private enum Form {
    REQUEST("request, JSON"),
    ANSWER("answer, JSON"),
    STREAM("answer, SSE");

    private final String words;

    Form(String words) {
      this.words = words;
    }
  }

  private final Measure measure = new Measure(Counters.shared());
  private final ContentHasher hasher = new ContentHasher();
  private final SpecificDatumReader<LlmRequest> requests =
      new SpecificDatumReader<>(LlmRequest.class);
  private final SpecificDatumReader<LlmResponse> responses =
      new SpecificDatumReader<>(LlmResponse.class);
  private final SpecificDatumWriter<JournalEntry> entries =
      new SpecificDatumWriter<>(JournalEntry.class);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
  private final BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

  @Override
  public void run(Bench bench, Findings findings) {
    Texts texts = new Texts(bench.seed());
    long warmUpBytes = bench.size(60_000_000, 100_000);
    long runBytes = bench.size(8_000_000, 50_000);
    int runs = bench.size(5, 2);
    bench.say("measure: warming up ...");
    for (int size : SIZES) {
      for (Wire wire : Wire.values()) {
        for (Form form : Form.values()) {
          time(records(wire, form, size, warmUpBytes / SIZES.length / 9, texts), form);
        }
      }
    }
    for (Wire wire : Wire.values()) {
      for (Form form : Form.values()) {
        bench.say("measure: " + name(wire, form) + " ...");
        for (int size : SIZES) {
          one(wire, form, size, runBytes, runs, texts, findings);
        }
      }
    }
    findings.note(
        "One thread takes a raw record in Avro, decodes, checks, hashes, reads and counts it, and"
            + " writes the journal's entry in Avro; the text was never seen before. Sizes are of"
            + " the text in the body, so a stream's body is some fifty times as large: an event"
            + " for each four characters, as providers send them.");
  }

  private static String name(Wire wire, Form form) {
    return wire.name().toLowerCase(Locale.ROOT) + " " + form.words;
  }

  private void one(
      Wire wire, Form form, int size, long runBytes, int runs, Texts texts, Findings findings) {
    double[] micros = new double[runs];
    double[] allocated = new double[runs];
    double bodyBytes = 0;
    long bytes = form == Form.STREAM ? runBytes / 10 : runBytes;
    for (int i = 0; i < runs; i++) {
      List<byte[]> records = records(wire, form, size, bytes, texts);
      bodyBytes = records.stream().mapToInt(record -> record.length).average().orElseThrow();
      Use use = time(records, form);
      micros[i] = use.nanos() / (double) records.size() / MICROS;
      allocated[i] = use.bytes() / (double) records.size();
    }
    String name = name(wire, form) + ", " + size / 1_000 + " KB";
    boolean judged = size == JUDGED_SIZE && form == Form.REQUEST;
    findings.add(
        name + ": CPU a body", "µs", judged ? Target.atMost("600") : Target.lower(), micros);
    Figure median = Figure.of("", "", Target.lower(), micros);
    findings.add(name + ": speed", "MB/s", Target.higher(), bodyBytes / median.value());
    findings.add(name + ": bodies", "/s", Target.higher(), 1e6 / median.value());
    findings.add(name + ": allocated a body", "bytes", Target.lower(), allocated);
  }

  private List<byte[]> records(Wire wire, Form form, int size, long bytes, Texts texts) {
    List<byte[]> records = new ArrayList<>();
    for (long made = 0; records.isEmpty() || made < bytes; made += size) {
      records.add(record(wire, form, texts.next(size), records.size()));
    }
    return records;
  }

  private byte[] record(Wire wire, Form form, String text, int number) {
    String id = "bench-" + number;
    return switch (form) {
      case REQUEST -> {
        LlmRequest request =
            LlmRequest.newBuilder()
                .setRequestId(id)
                .setOrgId(ORG.value())
                .setProvider(wire.provider())
                .setEndpoint(wire.path())
                .setModel(wire.model())
                .setKeyMode(KeyMode.PLATFORM)
                .setOccurredAt(Instant.now())
                .setContentType("application/json")
                .setBody(ByteBuffer.wrap(wire.requestBytes(text)))
                .setAttributes(Map.of())
                .build();
        yield write(request, new SpecificDatumWriter<>(LlmRequest.class));
      }
      case ANSWER -> answer(wire, id, "application/json", wire.answer(text));
      case STREAM -> answer(wire, id, "text/event-stream", wire.stream(text));
    };
  }

  private byte[] answer(Wire wire, String id, String contentType, String body) {
    LlmResponse response =
        LlmResponse.newBuilder()
            .setRequestId(id)
            .setOrgId(ORG.value())
            .setProvider(wire.provider())
            .setEndpoint(wire.path())
            .setModel(wire.model())
            .setOccurredAt(Instant.now())
            .setStatus(200)
            .setContentType(contentType)
            .setBody(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
            .setTruncated(false)
            .setAttributes(Map.of())
            .build();
    return write(response, new SpecificDatumWriter<>(LlmResponse.class));
  }

  private <R extends SpecificRecord> byte[] write(R record, SpecificDatumWriter<R> writer) {
    out.reset();
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private record Use(long nanos, long bytes) {}

  private Use time(List<byte[]> records, Form form) {
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long nanos = THREADS.getCurrentThreadCpuTime();
    for (byte[] record : records) {
      byte[] entry = write(form == Form.REQUEST ? request(record) : answer(record), entries);
      if (entry.length == 0) {
        throw new BenchFailure("a fact has no bytes");
      }
    }
    return new Use(
        THREADS.getCurrentThreadCpuTime() - nanos, THREADS.getThreadAllocatedBytes(thread) - bytes);
  }

  private JournalEntry request(byte[] record) {
    LlmRequest request = read(record, requests);
    return entry(hasher.hash(request), measure.request(RawCodec.request(request), Instant.now()));
  }

  private JournalEntry answer(byte[] record) {
    LlmResponse response = read(record, responses);
    return entry(
        hasher.hash(response), measure.response(RawCodec.response(response), Instant.now()));
  }

  private <R> R read(byte[] record, SpecificDatumReader<R> reader) {
    try {
      return reader.read(
          null, DecoderFactory.get().binaryDecoder(record, 0, record.length, decoder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JournalEntry entry(
      byte[] hash, Result<? extends io.tokenmeter.measured.Measured> result) {
    if (result instanceof Refused<?> refused) {
      throw new BenchFailure("a body of the benchmark's own was refused: " + refused.rejected());
    }
    return EntryCodec.metered(ORG, hash, NOWHERE, ((Metered<?>) result).fact());
  }
}
