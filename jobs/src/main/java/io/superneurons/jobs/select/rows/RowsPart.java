package io.superneurons.jobs.select.rows;

import io.superneurons.jobs.files.PathNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What became of one part of a folder; travels to the driver.
 *
 * @param block its rows; null where one is of no set
 * @param hasSplit whether a row of it has a split
 * @param hasBesideLabel whether a row of it has its label from beside the activations
 * @param hasHash whether a row of it knows its image by the content
 * @param hasNameOnly whether a row of it knows its image only by the name
 * @param id of the first row that is of no set, or null
 * @param split what that row has for a set, or null
 */
public record RowsPart(
    RowBlock block,
    boolean hasSplit,
    boolean hasBesideLabel,
    boolean hasHash,
    boolean hasNameOnly,
    String id,
    String split)
    implements Serializable {
  /** Which set a row is of. */
  interface Dealing extends Serializable {
    /**
     * The number of the row's set; negative if it is of none.
     *
     * @param imageOrId what identifies its image
     * @param split as the folder has it, or null
     */
    int set(String imageOrId, String split);
  }

  /** Reads the rows of a part, as {@link LabelledRowReader} orders their columns. */
  static RowsPart of(Iterator<Row> rows, Dealing dealing) {
    List<LabelledRow> read = new ArrayList<>();
    boolean hasSplit = false;
    boolean hasBesideLabel = false;
    boolean hasHash = false;
    boolean hasNameOnly = false;
    while (rows.hasNext()) {
      Row row = rows.next();
      String imageOrId = row.getString(row.isNullAt(6) ? 0 : 6);
      int set = dealing.set(imageOrId, row.getString(2));
      if (set < 0) {
        return new RowsPart(null, true, false, false, false, row.getString(0), row.getString(2));
      }
      hasSplit |= !row.isNullAt(2);
      hasBesideLabel |= row.<Boolean>getAs(GivenLabels.TAKEN);
      boolean isHashed = row.<Boolean>getAs(ActivationRows.HASHED);
      hasHash |= isHashed;
      hasNameOnly |= !isHashed && !row.isNullAt(6);
      read.add(labelledRow(row, set));
    }
    return new RowsPart(
        RowBlock.of(read), hasSplit, hasBesideLabel, hasHash, hasNameOnly, null, null);
  }

  private static LabelledRow labelledRow(Row row, int set) {
    return new LabelledRow(
        row.getString(1),
        set,
        row.getString(0),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        PathNames.ofUri(row.getString(7)),
        row.getLong(8));
  }
}
