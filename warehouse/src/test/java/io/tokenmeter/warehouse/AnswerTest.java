package io.tokenmeter.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final Answer ANSWER =
      new Answer(
          List.of("organisation", "spent", "unit"),
          List.of(false, true, false),
          List.of(
              Arrays.asList("acme", "12.5", "credit"),
              Arrays.asList("harbour-freight", "0.000000000001", null)));

  @Test
  void a_table_is_as_wide_as_it_must_be_with_numbers_to_the_right() {
    assertThat(ANSWER.table())
        .isEqualTo(
            """
            organisation              spent  unit
            acme                       12.5  credit
            harbour-freight  0.000000000001
            """);
  }

  @Test
  void json_is_an_object_a_row_with_numbers_as_text() {
    assertThat(ANSWER.json())
        .containsExactly(
            "{\"organisation\":\"acme\",\"spent\":\"12.5\",\"unit\":\"credit\"}",
            "{\"organisation\":\"harbour-freight\",\"spent\":\"0.000000000001\",\"unit\":null}");
  }
}
