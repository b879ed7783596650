package io.tokenmeter.app;

import io.tokenmeter.measured.MeterReading;
import io.tokenmeter.measured.count.Counters;
import io.tokenmeter.measured.count.Detail;
import io.tokenmeter.measured.count.ImageSize;
import io.tokenmeter.rated.Condition;
import io.tokenmeter.rated.quote.CallDescription;
import io.tokenmeter.rated.quote.CallUse;
import io.tokenmeter.rated.quote.InputImage;
import io.tokenmeter.raw.Body;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.KeyMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The call of which `quote` tells the price, as options describe it. */
final class QuotedCall {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,6})[x×]([1-9][0-9]{0,6})");

  @Option(names = "--model", description = "The model, by any name that the book knows it by.")
  private @Nullable String model;

  @Option(
      names = "--image",
      paramLabel = "WxH",
      description = "An image given to the model, in pixels, as 2000x500; may come several times.")
  private List<String> images = new ArrayList<>();

  @Option(
      names = "--detail",
      paramLabel = "low|high|auto",
      defaultValue = "auto",
      description = "In which detail the images are looked at; auto.")
  private Detail detail;

  @Option(names = "--text", paramLabel = "FILE", description = "UTF-8 text whose tokens to count.")
  private @Nullable Path text;

  @Option(
      names = "--body",
      paramLabel = "FILE",
      description = "A request's body to measure; with --provider and --path.")
  private @Nullable Path body;

  @Option(
      names = "--provider",
      description =
          "Whose interface, vocabulary and, where they differ, prices; "
              + CallDescription.USUAL_PROVIDER
              + "'s vocabulary by default.")
  private @Nullable String provider;

  @Option(names = "--path", description = "Where the body is sent, as /v1/chat/completions.")
  private @Nullable String path;

  @Option(names = "--service-tier", description = "standard, batch, flex or priority.")
  private @Nullable String serviceTier;

  @Option(names = "--size", paramLabel = "WxH", description = "Of images made, as 1024x1024.")
  private @Nullable String size;

  @Option(names = "--quality", description = "Of images made, in the provider's word, as hd.")
  private @Nullable String quality;

  @Option(names = "--tool", description = "The paid tool that is called.")
  private @Nullable String tool;

  @Option(names = "--endpoint", description = "The path, where prices depend on it.")
  private @Nullable String endpoint;

  @Option(names = "--operation", description = "What kind of call, as chat or embeddings.")
  private @Nullable String operation;

  @Option(names = "--billing-type", description = "The billing type, as TOOL_CALL.")
  private @Nullable String billingType;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "What the gateway sends along; may come several times.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  /**
   * Reads the files and checks the values.
   *
   * @param readings what other options say would be used
   */
  CallUse use(Counters counters, KeyMode keyMode, List<MeterReading> readings, Instant at)
      throws IOException {
    if (body != null && path == null) {
      throw CommandException.wrongUsage(
          "--body needs --path, where it is sent, as in --path /v1/chat/completions");
    }
    CallDescription.Request request =
        body == null || path == null
            ? null
            : new CallDescription.Request(path, Body.of(bytes("--body", body)));
    CallDescription description;
    try {
      description =
          new CallDescription(
              model,
              provider,
              keyMode,
              readings,
              images.stream().map(image -> new InputImage(size(image), detail)).toList(),
              circumstances(),
              attributes,
              text == null ? null : Body.of(bytes("--text", text)),
              request,
              at);
    } catch (InvalidRecordException e) {
      throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
    }
    try {
      return description.use(counters);
    } catch (InvalidRecordException e) {
      throw CommandException.checkFailed(
          "--body " + body + " can't be measured: " + e.getMessage());
    }
  }

  private Map<Condition, String> circumstances() {
    Map<Condition, String> said = new EnumMap<>(Condition.class);
    put(said, Condition.SERVICE_TIER, serviceTier);
    put(said, Condition.SIZE, size);
    put(said, Condition.QUALITY, quality);
    put(said, Condition.TOOL, tool);
    put(said, Condition.ENDPOINT, endpoint);
    put(said, Condition.OPERATION, operation);
    put(said, Condition.BILLING_TYPE, billingType);
    return said;
  }

  private static void put(
      Map<Condition, String> said, Condition condition, @Nullable String value) {
    if (value != null) {
      said.put(condition, value);
    }
  }

  private static ImageSize size(String image) {
    Matcher sides = SIZE.matcher(image);
    if (!sides.matches()) {
      throw CommandException.wrongUsage(
          "--image is " + image + "; width x height in pixels is allowed, as in 2000x500");
    }
    return new ImageSize(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
  }

  private static byte[] bytes(String option, Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw CommandException.wrongUsage(option + " is " + file + ", which doesn't exist");
    }
  }
}
