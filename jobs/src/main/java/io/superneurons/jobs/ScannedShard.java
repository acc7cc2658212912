package io.superneurons.jobs;

import java.io.Serializable;

/**
 * A shard that was scored.
 *
 * @param shard the neurons
 * @param counts of values that are no ordinary numbers
 */
record ScannedShard(SelectShard shard, ValueCounts counts) implements Serializable {}
