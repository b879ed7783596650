package io.tokenmeter.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results for people: on a terminal, and as Markdown for the documentation. */
final class Tables {
  private Tables() {}

  /**
   * A scenario's figures, aligned.
   *
   * @param before what to compare with
   */
  static String terminal(ScenarioResult result, @Nullable Results before) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {result.scenario(), "", "", "", "target", ""});
    for (Figure figure : result.figures()) {
      Figure was =
          before == null ? null : before.figure(result.scenario(), figure.name()).orElse(null);
      rows.add(
          new String[] {
            "  " + figure.name(),
            figure.shown(),
            figure.unit(),
            figure.spread(),
            figure.target().shown() + verdict(figure),
            Movement.shown(was, figure)
          });
    }
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String gap = " ".repeat(widths[i] - row[i].length());
        line.append(i == 1 ? gap + row[i] : row[i] + gap).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    result.notes().forEach(note -> text.append("  ").append(note).append('\n'));
    return text.toString();
  }

  private static String verdict(Figure figure) {
    if (figure.target().bound() == null) {
      return "";
    }
    return figure.meetsItsTarget() ? " met" : " MISSED";
  }

  /** All results, as docs/speed.md shows them. */
  static String markdown(Results results) {
    StringBuilder text = new StringBuilder();
    text.append(results.at().toString(), 0, "2026-01-01".length())
        .append(": ")
        .append(results.machine().shown())
        .append(".\n");
    for (ScenarioResult result : results.scenarios()) {
      text.append("\n### ").append(result.scenario()).append("\n\n");
      result.notes().forEach(note -> text.append(note).append('\n'));
      text.append(result.notes().isEmpty() ? "" : "\n");
      text.append("| figure | median | least–greatest of the runs | target |\n|---|---|---|---|\n");
      for (Figure figure : result.figures()) {
        text.append("| ")
            .append(figure.name())
            .append(" | ")
            .append(figure.shown())
            .append(' ')
            .append(figure.unit())
            .append(" | ")
            .append(figure.spread())
            .append(" | ")
            .append(figure.target().shown())
            .append(
                figure.target().bound() == null
                    ? ""
                    : figure.meetsItsTarget() ? ", met" : ", **missed**")
            .append(" |\n");
      }
      text.append("\nIt took ").append(result.seconds()).append(" s.\n");
    }
    return text.toString();
  }
}
