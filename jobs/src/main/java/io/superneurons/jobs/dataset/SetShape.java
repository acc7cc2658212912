package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.ManifestRecord;
import java.util.List;
import java.util.Set;

/**
 * What the records of one published file are rows of.
 *
 * @param format whose file it is
 * @param file its name without its folder
 * @param images where its images lie
 */
record SetShape(DatasetFormat format, String file, ImagesAt images)
    implements ManifestRecord.Shape {
  @Override
  public ManifestRecord of(ManifestRecord published) {
    PublishedSet set = format.set();
    SetFields row = new SetFields();
    try {
      PublishedRecord record = new PublishedRecord(published);
      set.fill(record, file, row);
      List<String> places = set.images(record, file);
      String image = places.isEmpty() ? null : images.of(places);
      return new SetRecord(published, row, image, null);
    } catch (BadRowException e) {
      return new SetRecord(published, row, "", e);
    }
  }

  @Override
  public Set<String> columns() {
    return format.set().columns();
  }
}
