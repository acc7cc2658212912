package io.superneurons.text.jinja;

/** How statements end. */
enum Flow {
  /** The next statement follows. */
  ON,
  /** The loop ends. */
  BREAK,
  /** The loop's next round follows. */
  CONTINUE
}
