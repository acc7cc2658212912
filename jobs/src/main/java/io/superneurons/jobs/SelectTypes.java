package io.superneurons.jobs;

import java.util.List;

/**
 * The classes of select that Kryo meets: what is broadcast, what an RDD holds and what the driver
 * collects. They are Java-serializable as a whole, records that Kryo's own field serializer cannot
 * write, so they are to be registered with Kryo's Java serializer.
 */
final class SelectTypes {
  private SelectTypes() {}

  static List<Class<?>> travelling() {
    return List.of(
        SelectWork.class,
        SelectShard.class,
        SelectScores.class,
        SelectScores.Leaders.class,
        SelectVotes.class,
        SelectVotes.Request.class);
  }
}
