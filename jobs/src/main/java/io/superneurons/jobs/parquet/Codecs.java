package io.superneurons.jobs.parquet;

import io.superneurons.jobs.cli.ConfigurationException;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** What Parquet files are compressed with, and whether they are encrypted. */
final class Codecs {
  private Codecs() {}

  /**
   * Refuses a file that cannot be decompressed or decrypted here.
   *
   * @param file names it
   * @param rows the row groups that it has
   * @param columns those that are needed
   * @throws ConfigurationException if a codec or a key of theirs is not there
   */
  static void require(
      Configuration conf, String file, List<BlockMetaData> rows, Collection<String> columns) {
    for (BlockMetaData group : rows) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (columns.contains(chunk.getPath().toArray()[0])) {
          require(conf, file, codec(file, chunk));
        }
      }
    }
  }

  private static CompressionCodecName codec(String file, ColumnChunkMetaData chunk) {
    try {
      return chunk.getCodec();
    } catch (ParquetCryptoRuntimeException e) {
      throw new ConfigurationException(
          file
              + " has column "
              + chunk.getPath().toDotString()
              + " encrypted, for which there is no key here; write it in plain",
          e);
    }
  }

  private static void require(Configuration conf, String file, CompressionCodecName codec) {
    String name = codec.getHadoopCompressionCodecClassName();
    if (name != null && conf.getClassByNameOrNull(name) == null) {
      throw new ConfigurationException(
          file
              + " is compressed with "
              + codec
              + ", for which there is no codec here; write it with ZSTD, SNAPPY or GZIP");
    }
  }
}
