package io.tokenmeter.measured.dialect;

import io.tokenmeter.measured.Operation;
import io.tokenmeter.measured.body.JsonCursor;

/** An error whose protocol nobody can tell: it uses nothing, whoever sent it. */
public final class Refusal implements Dialect {
  @Override
  public String name() {
    return "error";
  }

  @Override
  public Operation operation() {
    return Operation.NOT_METERED;
  }

  @Override
  public boolean speaks(Route route) {
    return false;
  }

  @Override
  public void readAnswer(JsonCursor body, AnswerSheet sheet) {
    sheet.nothingUsed();
  }
}
