package io.superneurons.jobs.shard;

import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.FieldColumns;
import io.superneurons.jobs.input.ImageCell;
import io.superneurons.jobs.input.JsonRecord;
import io.superneurons.jobs.input.ManifestRecord;
import io.superneurons.jobs.input.Utf8;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a tar under one key, as a record. Its columns are the fields of the {@code .json},
 * then those of the table beside the tar, then {@code cls} and {@code txt}, the texts of the
 * members that are called so; {@code cls} is the label where no other column has one. An image is
 * {@code image}, or goes by its extension where there are several.
 */
final class Sample implements ManifestRecord {
  private static final Set<String> NAMES_OF_IMAGES =
      Set.of(FieldColumns.IMAGE, FieldColumns.IMAGE_PATH, "file_name");
  private static final String CLASS = "cls";

  private final String shard;
  private final List<Samples.Member> members;
  private final Map<String, String> texts;
  private final JsonRecord json;
  private Samples.Member image;

  private Sample(
      String shard, List<Samples.Member> members, Map<String, String> texts, JsonRecord json) {
    this.shard = shard;
    this.members = members;
    this.texts = texts;
    this.json = json;
  }

  /**
   * The record of a sample.
   *
   * @param shard the tar, with its file system
   * @param members of one key
   * @param row of the table beside the tar; empty where it has none
   * @throws BadRowException if a text cannot be read
   */
  static Sample of(String shard, List<Samples.Member> members, Map<String, String> row)
      throws BadRowException {
    Map<String, String> texts = new HashMap<>(row);
    JsonRecord json = null;
    for (Samples.Member member : members) {
      if (!member.isImage()) {
        String text = Utf8.decode(member.required());
        if (member.extension().equals("json")) {
          json = JsonRecord.of(text);
        } else {
          texts.put(member.extension(), text.strip());
        }
      }
    }
    return new Sample(shard, members, texts, json);
  }

  /** Where the header of the image is that was asked for last; -1 where none was. */
  long imageAt() {
    return image == null ? -1 : image.at();
  }

  @Override
  public boolean has(String column) {
    return column.equals(FieldColumns.IMAGE)
        || !NAMES_OF_IMAGES.contains(column)
            && (json != null && json.has(column)
                || texts.containsKey(column)
                || column.equals(FieldColumns.LABEL) && texts.containsKey(CLASS)
                || members.stream().anyMatch(m -> m.isImage() && m.extension().equals(column)));
  }

  @Override
  public String text(String column) throws BadRowException {
    String text = json != null && json.has(column) ? json.text(column) : texts.get(column);
    boolean isMissing = text == null || text.isBlank();
    return isMissing && column.equals(FieldColumns.LABEL) ? texts.get(CLASS) : text;
  }

  @Override
  public List<String> texts(String column) throws BadRowException {
    boolean isOfJson = json != null && json.has(column);
    return isOfJson ? json.texts(column) : ManifestRecord.super.texts(column);
  }

  @Override
  public Optional<String> imageIdentity() {
    return Optional.of(name(image));
  }

  private String name(Samples.Member member) {
    String file = shard.startsWith("file:/") ? shard.substring("file:".length()) : shard;
    return file + "/" + member.name();
  }

  @Override
  public ImageCell image(String column) throws BadRowException {
    List<Samples.Member> images =
        members.stream()
            .filter(Samples.Member::isImage)
            .filter(m -> column.equals(FieldColumns.IMAGE) || m.extension().equals(column))
            .toList();
    if (images.size() != 1) {
      String key = members.get(0).key();
      throw BadRowException.badRow(
          images.isEmpty()
              ? String.format(Locale.ROOT, "Sample %s has no image (.jpg, .png, .webp, ...)", key)
              : String.format(
                  Locale.ROOT,
                  "Sample %s has %d images; name one by its extension, as in --columns image=%s",
                  key,
                  images.size(),
                  images.get(0).extension()));
    }
    image = images.get(0);
    return new ImageCell(name(image), image.required());
  }
}
