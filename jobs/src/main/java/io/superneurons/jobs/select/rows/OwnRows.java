package io.superneurons.jobs.select.rows;

import java.util.List;

/**
 * The labelled rows that select works on.
 *
 * @param blocks the rows
 * @param dealt whether they were dealt by image since none of them had a split
 */
public record OwnRows(List<RowBlock> blocks, boolean dealt) {}
