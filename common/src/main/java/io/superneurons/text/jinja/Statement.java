package io.superneurons.text.jinja;

/** What prints, sets or repeats: a node of a template's tree. */
interface Statement {
  /** How statements end. */
  enum Flow {
    /** The next statement follows. */
    ON,
    /** The loop ends. */
    BREAK,
    /** The loop's next round follows. */
    CONTINUE
  }

  /** Where it begins, from 1. */
  int line();

  Flow run(Rendering rendering, Scope scope);

  /** Tells which names it reads and sets, in their order, and which scopes it opens. */
  void names(Frames.Frame frame);
}
