package io.superneurons.jobs.manifest;

import io.superneurons.jobs.input.InputPart;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of the input as they travel to executors, once to each.
 *
 * @param all in the order of their rows
 */
public record InputParts(List<InputPart> all) implements Serializable {
  public InputParts {
    all = new ArrayList<>(all);
  }
}
