package io.superneurons.export;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.LayerSite;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Makes a row of activations many rows of one value each; runs within Spark tasks.
 *
 * @param plan which values
 * @param codec how they are stored
 */
record LongRows(NeuronPlan plan, ActivationCodec codec) implements FlatMapFunction<Row, Row> {
  /** The columns that every row keeps. */
  static final List<String> KEPT = List.of("id", "task", "split", "label");

  static final StructType SCHEMA =
      new StructType()
          .add("id", StringType)
          .add("task", StringType)
          .add("split", StringType)
          .add("label", StringType)
          .add("layer", IntegerType)
          .add("site", StringType)
          .add("index", IntegerType)
          .add("value", FloatType);

  @Override
  public Iterator<Row> call(Row row) {
    List<Row> rows = new ArrayList<>();
    for (ColumnNeurons column : plan.of(row.<String>getAs("task"))) {
      LayerSite place = column.place();
      float[] values = values(row, place);
      for (int index : column.indexes()) {
        rows.add(
            RowFactory.create(
                row.getAs("id"),
                row.getAs("task"),
                row.getAs("split"),
                row.getAs("label"),
                place.layer(),
                place.site().label(),
                index,
                values[index]));
      }
    }
    return rows.iterator();
  }

  private float[] values(Row row, LayerSite place) {
    byte[] bytes = row.getAs(place.column());
    if (bytes == null) {
      throw new IllegalStateException(
          "Row '" + row.getAs("id") + "' has no value in " + place.column());
    }
    return codec.decode(bytes);
  }
}
