package io.superneurons.jobs;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.io.ChunkedByteBuffer;

/**
 * The project's classes that travel between driver and executors. Registration is required, so that
 * a class that is not listed fails in a test and not in a user's cluster.
 *
 * <p>Kryo 4 cannot make records; they travel by Java's own serialisation, which can.
 */
public final class TravellingClasses implements KryoRegistrator {
  private static final List<Class<?>> RECORDS =
      List.of(
          ManifestRow.class,
          TaskCounts.class,
          SelectProfiles.Request.class,
          SelectProfiles.Found.class,
          ProbeRequest.class,
          ProbeScan.Setting.class,
          ProbeScan.Answer.class,
          ScannedShard.class,
          ScoredTasks.class,
          ShardPValues.class,
          SelectScores.class,
          SelectScores.Leaders.class,
          SelectShard.class,
          SelectVotes.class,
          SelectVotes.Request.class,
          SelectWork.class,
          // The schema of Parquet files travels from the executors that read their footers; its
          // types are Scala objects, which only Java's own serialisation keeps single.
          StructType.class);

  @Override
  public void registerClasses(Kryo kryo) {
    for (Class<?> type : RECORDS) {
      kryo.register(type, new JavaSerializer());
    }
    // What Dataset.toLocalIterator brings; Spark registers its elements only.
    kryo.register(ChunkedByteBuffer[].class);
  }
}
