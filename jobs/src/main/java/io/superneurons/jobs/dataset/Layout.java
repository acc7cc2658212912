package io.superneurons.jobs.dataset;

/**
 * How the records of a published file lie.
 *
 * @param kind of the file
 * @param key of {@code BY_ID} the field that the id becomes, of {@code UNDER} that of the list
 */
record Layout(Kind kind, String key) {
  /** Kinds of files. */
  enum Kind {
    /** JSON Lines. */
    LINES,
    /** A TSV with a header. */
    TSV,
    /** Parquet. */
    PARQUET,
    /** A JSON array of records. */
    ARRAY,
    /** A JSON object of records by their ids. */
    BY_ID,
    /** A JSON object that has an array of records. */
    UNDER
  }

  static Layout of(Kind kind) {
    return new Layout(kind, "");
  }

  static Layout byId(String field) {
    return new Layout(Kind.BY_ID, field);
  }

  static Layout under(String key) {
    return new Layout(Kind.UNDER, key);
  }

  /** Whether it is one JSON value, which is read from its start. */
  boolean isTree() {
    return kind == Kind.ARRAY || kind == Kind.BY_ID || kind == Kind.UNDER;
  }

  /** Whether all records have the columns that its head names. */
  boolean isTable() {
    return kind == Kind.TSV || kind == Kind.PARQUET;
  }

  /** What a file should be, for messages. */
  String describe() {
    return switch (kind) {
      case LINES -> "JSON Lines";
      case TSV -> "a TSV";
      case PARQUET -> "Parquet";
      case ARRAY -> "a JSON array of questions";
      case BY_ID -> "a JSON object of questions by id";
      case UNDER -> "a JSON object with an array " + key;
    };
  }
}
