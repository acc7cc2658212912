package io.superneurons.jobs.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.JsonRecord;
import io.superneurons.jobs.input.ManifestRecord;
import java.util.List;
import java.util.Locale;

/**
 * A record as it lies in its file; any field may be missing.
 *
 * @param record its columns
 */
record PublishedRecord(ManifestRecord record) {
  /** The text of a field; null where it is missing or empty. */
  String text(String field) throws BadRowException {
    String text = record.has(field) ? record.text(field) : null;
    return text == null || text.isBlank() ? null : text;
  }

  /** The text of a cell, null where it is empty or was so when pandas wrote the table. */
  String cell(String field) throws BadRowException {
    String text = text(field);
    return "nan".equals(text) ? null : text;
  }

  /**
   * The text of a field.
   *
   * @throws BadRowException if it is missing or empty
   */
  String needed(String field) throws BadRowException {
    String text = text(field);
    if (text == null) {
      throw BadRowException.badRow("Field " + field + " is missing or empty");
    }
    return text;
  }

  /**
   * The number in a field.
   *
   * @throws BadRowException if it is no whole number
   */
  long whole(String field) throws BadRowException {
    String text = needed(field);
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw BadRowException.badRow("Field " + field + " is '" + text + "', not a whole number");
    }
  }

  /** The number of one of COCO's images, in the twelve digits of its file's name. */
  String cocoImage(String field) throws BadRowException {
    return String.format(Locale.ROOT, "%012d", whole(field));
  }

  /** The texts of a list; null where it is missing or empty. */
  List<String> texts(String field) throws BadRowException {
    return record.has(field) ? record.texts(field) : null;
  }

  /** A field of JSON with all that is in it. */
  JsonNode json(String field) {
    return record instanceof JsonRecord json ? json.json().path(field) : MissingNode.getInstance();
  }
}
