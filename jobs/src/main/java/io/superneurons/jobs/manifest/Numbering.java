package io.superneurons.jobs.manifest;

import io.superneurons.jobs.input.InputPart;
import java.io.Serializable;
import java.util.List;

/**
 * What the rows of each part stand after: places in parts become numbers of lines, and positions
 * among all rows of the input.
 *
 * @param rowsBefore rows of all parts before each
 * @param linesBefore lines of its own file before each part
 */
record Numbering(long[] rowsBefore, long[] linesBefore) implements Serializable {
  static Numbering of(List<InputPart> parts, InputSummary summary) {
    long[] rows = new long[parts.size()];
    long[] lines = new long[parts.size()];
    for (int i = 1; i < parts.size(); i++) {
      InputSummary.Part before = summary.parts().get(i - 1);
      rows[i] = rows[i - 1] + before.rows();
      boolean sameFile = parts.get(i).path().equals(parts.get(i - 1).path());
      lines[i] = sameFile ? lines[i - 1] + before.lines() : 0;
    }
    return new Numbering(rows, lines);
  }

  /** How many rows of the input are before one. */
  long position(int part, long index) {
    return rowsBefore[part] + index;
  }

  /** The number of a line or row in its file, from 1. */
  long number(int part, long number) {
    return linesBefore[part] + number;
  }

  /** The part that has a row of the input. */
  int partOf(long position) {
    int part = rowsBefore.length - 1;
    while (part > 0 && rowsBefore[part] > position) {
      part--;
    }
    return part;
  }
}
