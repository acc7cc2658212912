package io.superneurons.jobs;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.manifest.InputParts;
import io.superneurons.jobs.manifest.InputSummary;
import io.superneurons.jobs.manifest.PlanCounts;
import io.superneurons.jobs.select.ScoreTable;
import io.superneurons.jobs.select.ShardPValues;
import io.superneurons.jobs.select.rows.FileRows;
import io.superneurons.jobs.select.rows.RowTexts;
import io.superneurons.jobs.select.rows.RowsPart;
import io.superneurons.jobs.select.scan.CandidateVotes;
import io.superneurons.jobs.select.scan.FileChunks;
import io.superneurons.jobs.select.scan.GatheredFiles;
import io.superneurons.jobs.select.scan.ProbeRequest;
import io.superneurons.jobs.select.scan.ProbeScan;
import io.superneurons.jobs.select.scan.Profiles;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.ScannedFile;
import io.superneurons.jobs.select.scan.Shard;
import io.superneurons.jobs.select.scan.ShardScores;
import io.superneurons.jobs.select.scan.Together;
import io.superneurons.jobs.select.scan.ValueCounts;
import io.superneurons.jobs.wave.RowCounts;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.serializer.KryoRegistrator;
import org.apache.spark.sql.execution.streaming.sinks.SinkFileStatus;
import org.apache.spark.sql.types.StructType;

/**
 * The project's classes that travel between driver and executors. The tests require registration
 * ({@code spark.kryo.registrationRequired} in pom.xml), so that one that is not listed fails there;
 * users' runs do not, so that a class of Spark's which no test has seen travel does not fail them.
 *
 * <p>Kryo 4 cannot make records; they travel by Java's own serialisation, which can.
 */
public final class TravellingClasses implements KryoRegistrator {
  private static final List<Class<?>> RECORDS =
      List.of(
          ManifestRow.class,
          InputParts.class,
          InputSummary.class,
          PlanCounts.class,
          RowCounts.class,
          Profiles.Request.class,
          Profiles.Found.class,
          ProbeRequest.class,
          ProbeScan.Setting.class,
          ProbeScan.Answer.class,
          ScoreTable.ScoredTasks.class,
          ShardPValues.class,
          ShardScores.class,
          ShardScores.Best.class,
          ShardScores.Held.class,
          Shard.class,
          CandidateVotes.class,
          CandidateVotes.Request.class,
          RowsPart.class,
          FileRows.class,
          RowTexts.class,
          FileChunks.class,
          GatheredFiles.Part.class,
          ScannedFile.class,
          ScanPlan.class,
          Together.class,
          ValueCounts.class,
          // The schema of Parquet files travels from the executors that read their footers; its
          // types are Scala objects, which only Java's own serialisation keeps single.
          StructType.class);

  @Override
  public void registerClasses(Kryo kryo) {
    for (Class<?> type : RECORDS) {
      kryo.register(type, new JavaSerializer());
    }
    // Beyond 32 files Spark has tasks look for them. Every file system has its own statuses.
    kryo.addDefaultSerializer(FileStatus.class, JavaSerializer.class);
    kryo.register(Path.class, new JavaSerializer());
    kryo.register(Path[].class);
    kryo.register(FileStatus[].class);
    kryo.register(LocatedFileStatus.class);
    // What a stream's files are told to the driver by.
    kryo.register(SinkFileStatus.class);
  }
}
