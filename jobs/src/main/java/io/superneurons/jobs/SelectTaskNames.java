package io.superneurons.jobs;

import java.io.Serializable;
import java.util.List;

/**
 * What a task and its labels are called.
 *
 * @param task its name
 * @param labels in the order of label indexes
 */
record SelectTaskNames(String task, List<String> labels) implements Serializable {}
