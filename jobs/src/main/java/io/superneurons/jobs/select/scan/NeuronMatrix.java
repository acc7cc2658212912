package io.superneurons.jobs.select.scan;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.StoreDType;
import io.superneurons.neuron.values.FloatValues;
import io.superneurons.neuron.values.HalfValues;
import io.superneurons.neuron.values.Keys;
import io.superneurons.neuron.values.NeuronValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Values of some neurons of one Parquet column, neuron by neuron: [neurons, rows]. Rows stand in
 * the order in which files have them, so that neighbours are written together.
 */
final class NeuronMatrix {
  private static final int UNREAD = -1;

  /** An array's head, and the reference to it. */
  private static final int ARRAY_BYTES = 24;

  private final int[] indexes;
  private final BitSet wanted;
  private final int[] positions;
  private final Store store;
  private int rows;

  /** Where keys are kept; one implementation per stored type. */
  private interface Store {
    /** Takes the values of the neurons on the next row. */
    void add(ByteBuffer scalars);

    /** All rows are in. */
    void end();

    NeuronValues values(int neuron);

    ValueCounts counts();
  }

  private NeuronMatrix(int[] indexes, BitSet wanted, int tableRows, StoreDType dtype) {
    this.indexes = indexes;
    this.wanted = wanted;
    this.positions = new int[tableRows];
    Arrays.fill(positions, UNREAD);
    int size = wanted.cardinality();
    this.store =
        switch (dtype) {
          case FLOAT16 -> new Halves(indexes, size);
          case FLOAT32 -> new Floats(indexes, size);
        };
  }

  /**
   * Neurons that are read.
   *
   * @param column where they are
   * @param indexes of them within the column, ascending
   * @param rows which rows of the table are read
   */
  record Wanted(LayerSite column, int[] indexes, BitSet rows) {}

  /**
   * Reads neurons in one pass over the files.
   *
   * @return a matrix for each that is wanted
   */
  static List<NeuronMatrix> read(ScanPlan work, List<Wanted> wanted) {
    List<NeuronMatrix> matrices = new ArrayList<>();
    List<ActivationReader.Wanted> columns = new ArrayList<>();
    for (Wanted one : wanted) {
      NeuronMatrix matrix =
          new NeuronMatrix(one.indexes, one.rows, work.rows(), work.metadata().storeDType());
      int width = work.metadata().layout().width(one.column);
      columns.add(new ActivationReader.Wanted(one.column, width, matrix::add));
      matrices.add(matrix);
    }
    work.reader().read(columns);
    matrices.forEach(matrix -> matrix.store.end());
    return matrices;
  }

  /** Bytes that one neuron takes with its values on so many rows. */
  static long bytesPerNeuron(StoreDType dtype, long rows) {
    return dtype.bytes() * rows + ARRAY_BYTES + Halves.TILE_ROWS * Short.BYTES;
  }

  private void add(int row, ByteBuffer scalars) {
    if (wanted.get(row)) {
      positions[row] = rows++;
      store.add(scalars);
    }
  }

  /** How many neurons there are. */
  int size() {
    return indexes.length;
  }

  /** The values of a neuron, by its place among the indexes that were asked for. */
  NeuronValues values(int neuron) {
    return store.values(neuron);
  }

  /** Where the rows of a part of the table stand; -1 for those that were not wanted. */
  int[] positions(int from, int count) {
    return Arrays.copyOfRange(positions, from, from + count);
  }

  /** What is not an ordinary value. */
  ValueCounts counts() {
    return store.counts();
  }

  private static boolean isRange(int[] indexes) {
    return indexes[indexes.length - 1] - indexes[0] == indexes.length - 1;
  }

  /**
   * Keys of float16. Rows are gathered in a tile that fits the processor's cache, then turned: a
   * value at a time they would each touch another page of memory.
   */
  private static final class Halves implements Store {
    private static final int TILE_ROWS = 32;

    /** Rows of the tile start in different sets of the cache. */
    private static final int PADDING = 32;

    private final int[] indexes;
    private final boolean isRange;
    private final short[][] keys;
    private final int stride;
    private final short[] tile;
    private final HalfValues.Scratch scratch = new HalfValues.Scratch();
    private int flushed;
    private int inTile;
    private ValueCounts counts = ValueCounts.NONE;

    Halves(int[] indexes, int rows) {
      this.indexes = indexes;
      this.isRange = isRange(indexes);
      this.keys = new short[indexes.length][rows];
      this.stride = indexes.length + PADDING;
      this.tile = new short[TILE_ROWS * stride];
    }

    @Override
    public void add(ByteBuffer scalars) {
      int start = inTile * stride;
      if (isRange) {
        scalars.asShortBuffer().get(indexes[0], tile, start, indexes.length);
      } else {
        for (int i = 0; i < indexes.length; i++) {
          tile[start + i] = scalars.getShort(indexes[i] * Short.BYTES);
        }
      }
      if (++inTile == TILE_ROWS) {
        flush();
      }
    }

    private void flush() {
      int unusual = 0;
      for (int i = 0; i < keys.length; i++) {
        unusual |= turn(keys[i], i);
      }
      if (unusual < 0) {
        count();
      }
      flushed += inTile;
      inTile = 0;
    }

    /** Negative if a value is saturated, infinite or NaN. */
    private int turn(short[] row, int neuron) {
      int unusual = 0;
      for (int r = 0; r < inTile; r++) {
        int bits = tile[r * stride + neuron];
        unusual |= ValueCounts.GREATEST_ORDINARY_HALF - (bits & Short.MAX_VALUE);
        row[flushed + r] = Keys.ofHalf((short) bits);
      }
      return unusual;
    }

    private void count() {
      for (short[] row : keys) {
        for (int r = flushed; r < flushed + inTile; r++) {
          counts = counts.with(Keys.FLOAT16, row[r]);
        }
      }
    }

    @Override
    public void end() {
      flush();
    }

    @Override
    public NeuronValues values(int neuron) {
      return new HalfValues(keys[neuron], scratch);
    }

    @Override
    public ValueCounts counts() {
      return counts;
    }
  }

  /** Keys of float32. */
  private static final class Floats implements Store {
    private final int[] indexes;
    private final int[][] keys;
    private final FloatValues.Scratch scratch = new FloatValues.Scratch();
    private int rows;
    private ValueCounts counts = ValueCounts.NONE;

    Floats(int[] indexes, int rows) {
      this.indexes = indexes;
      this.keys = new int[indexes.length][rows];
    }

    @Override
    public void add(ByteBuffer scalars) {
      for (int i = 0; i < indexes.length; i++) {
        int key = Keys.ofFloat(scalars.getFloat(indexes[i] * Float.BYTES));
        keys[i][rows] = key;
        counts = counts.with(Keys.FLOAT32, key);
      }
      rows++;
    }

    @Override
    public void end() {}

    @Override
    public NeuronValues values(int neuron) {
      return new FloatValues(keys[neuron], scratch);
    }

    @Override
    public ValueCounts counts() {
      return counts;
    }
  }
}
