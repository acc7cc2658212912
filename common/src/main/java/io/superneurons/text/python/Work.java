package io.superneurons.text.python;

/**
 * What one rendering may still do. Whatever takes time counts steps here, whatever builds a value
 * its size, whatever calls itself its depth, so that no template runs on, fills the heap or
 * overflows the stack.
 */
public final class Work {
  /** Steps, characters and elements of all values built, together. */
  public static final long MOST_STEPS = 1L << 22;

  /** Characters of a string, elements of a list. */
  public static final int MOST_LENGTH = 1 << 20;

  /** Calls within each other: of expressions, statements, macros, nested values. */
  public static final int MOST_DEPTH = 300;

  private long left = MOST_STEPS;
  private int depth;

  /**
   * Counts steps.
   *
   * @throws PythonException if there have been too many
   */
  public void steps(long count) {
    left -= count;
    if (left < 0) {
      throw new PythonException("it takes more than " + MOST_STEPS + " steps");
    }
  }

  /**
   * Counts a value that is about to be built.
   *
   * @param length its characters or elements
   * @throws PythonException if that is too many
   */
  public void builds(long length) {
    if (length > MOST_LENGTH) {
      throw new PythonException(
          "it makes a text or a list of more than " + MOST_LENGTH + " characters or elements");
    }
    steps(length);
  }

  /**
   * Begins a call within a call; {@link #leave} ends it. An error ends the rendering, so that it
   * need not.
   *
   * @throws PythonException if there are too many within each other
   */
  public void enter() {
    if (++depth > MOST_DEPTH) {
      throw new PythonException("it is nested more than " + MOST_DEPTH + " deep");
    }
    steps(1);
  }

  public void leave() {
    depth--;
  }
}
