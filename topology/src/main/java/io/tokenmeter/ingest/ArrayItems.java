package io.tokenmeter.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenmeter.raw.InvalidRecordException;
import io.tokenmeter.raw.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Items of one JSON document: an object, or an array of them. */
final class ArrayItems implements Items {
  private static final JsonFactory JSON = ItemReader.factory();

  private final JsonParser parser;
  private boolean begun;
  private boolean isArray;
  private int index;

  ArrayItems(InputStream source) throws IOException {
    parser = JSON.createParser(source);
  }

  @Override
  public Optional<Item> next() throws IOException {
    try {
      @Nullable JsonToken token = parser.nextToken();
      if (!begun) {
        begun = true;
        isArray = token == JsonToken.START_ARRAY;
        if (!isArray && token != JsonToken.START_OBJECT) {
          throw broken();
        }
        token = isArray ? parser.nextToken() : token;
      } else if (!isArray || token == JsonToken.END_ARRAY) {
        return end(token);
      }
      if (token == JsonToken.END_ARRAY) {
        return end(token);
      }
      if (token == null) {
        throw broken();
      }
      return Optional.of(ItemReader.read(parser, index++));
    } catch (JsonProcessingException e) {
      throw broken();
    }
  }

  private Optional<Item> end(@Nullable JsonToken token) throws IOException {
    if (token == JsonToken.END_ARRAY ? parser.nextToken() != null : token != null) {
      throw broken();
    }
    return Optional.empty();
  }

  private InvalidRecordException broken() {
    return new InvalidRecordException(
        Rejection.UNREADABLE,
        "the body is no JSON object or array of them from byte "
            + parser.currentLocation().getByteOffset()
            + " on; "
            + index
            + " items before it were taken or refused one by one, and the whole can be sent again");
  }
}
